package dev.longshore.push;

import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.RetentionEvent.ImageRetired;
import dev.longshore.oci.Digest;
import dev.longshore.testkit.registry.TestImages;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A registry whose notifications do not arrive any more. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class RetiredImagesTest {

    private static TestRegistry mute;

    @BeforeAll
    static void register() {
        mute = new TestRegistry("mute");
        mute.register();
    }

    @AfterAll
    static void close() {
        mute.close();
    }

    @Test
    void knowsThatAnImageIsGoneWhichRetentionServiceDeleted() {
        // Given
        var image = TestImages.image("retired");
        mute.push.image("old/api", "1.0", image);
        eventually(() -> assertThat(Rows.of("select digest from tag where id = ?", "mute/old/api:1.0"))
                .containsExactly(image.digest()));
        mute.intake.close();

        // When
        mute.delete("old/api", image.digest());
        World.OTHERS.tell(new ImageRetired(
                "default",
                "mute",
                "old/api",
                Digest.parse(image.digest()),
                List.of("1.0"),
                false,
                "ret-plan",
                "demo",
                "ret-execution",
                List.of(),
                "mia",
                Instant.now()));

        // Then
        eventually(() -> {
            assertThat(Rows.of("select digest from tag where id = ?", "mute/old/api:1.0"))
                    .isEmpty();
            assertThat(Rows.of("select digest from manifest where id = ?", "mute/old/api@" + image.digest()))
                    .isEmpty();
        });
    }
}
