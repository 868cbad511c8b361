package dev.longshore.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.longshore.oci.MediaType;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestContent;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** olareg has the referrers API, Distribution has not: both ways, with a signature of a signature. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class ReferrersTest {

    private static RegistryProcess api;
    private static RegistryProcess fallback;
    private static World world;

    @BeforeAll
    static void start() {
        api = RegistryProcess.of(Kind.OLAREG).start();
        fallback = RegistryProcess.of(Kind.DISTRIBUTION_2).start();
        world = new World();
        world.registry("with-api", api.uri(), "enforce");
        world.registry("without-api", fallback.uri(), "enforce");
    }

    @AfterAll
    static void stop() {
        world.close();
        api.close();
        fallback.close();
    }

    @Test
    void takesReferrersFromTheApiToTheFallbackTag() {
        // Given
        var image = TestImages.index("from the api");
        var sbom = TestImages.referrer(image, "application/vnd.cyclonedx+json", "sbom");
        var signature = TestImages.referrer(sbom, "application/vnd.example.signature", "signature");
        var ofChild = TestImages.referrer(image.children().getFirst(), "application/vnd.example.signature", "child");
        var push = TestPush.to(api.uri());
        push.image("app", "1", image);
        push.image("app", sbom.digest(), sbom);
        push.image("app", signature.digest(), signature);
        push.image("app", ofChild.digest(), ofChild);

        // When
        copy("with-api/app:1", "without-api/app:1");

        // Then
        assertThat(Client.digest(fallback, "app:1")).isEqualTo(image.digest());
        assertThat(Client.referrers(fallback, "app:1")).containsExactly(sbom.digest());
        assertThat(Client.referrers(fallback, "app@" + sbom.digest())).containsExactly(signature.digest());
        assertThat(Client.referrers(
                        fallback, "app@" + image.children().getFirst().digest()))
                .containsExactly(ofChild.digest());
    }

    @Test
    void takesReferrersFromTheFallbackTagToTheApi() {
        // Given
        var image = TestImages.dockerImage("from the tag");
        var sbom = TestImages.referrer(image, "application/vnd.cyclonedx+json", "sbom");
        var push = TestPush.to(fallback.uri());
        push.image("old", "1", image);
        push.image("old", sbom.digest(), sbom);
        push.manifest("old", image.digest().replace(':', '-'), list(sbom));

        // When
        copy("without-api/old:1", "with-api/new:1");

        // Then
        assertThat(Client.digest(api, "new:1")).isEqualTo(image.digest());
        assertThat(Client.inspect(api, "new:1"))
                .isEqualTo(new String(image.manifest().bytes(), StandardCharsets.UTF_8));
        assertThat(Client.referrers(api, "new:1")).containsExactly(sbom.digest());
        World.asking()
                .get("/api/v1/replicas?reference=with-api/new:1")
                .then()
                .body("items[0].referrers[0]", equalTo(sbom.digest()))
                .body("items[0].source", equalTo("without-api/old:1"));
    }

    private static TestContent list(TestImage referrer) {
        var json = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(MediaType.OCI_INDEX, referrer.manifest().descriptor());
        return new TestContent(MediaType.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void copy(String source, String target) {
        var body = "{\"source\": \"%s\", \"target\": \"%s\"}".formatted(source, target);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        World.asking().body(body).post("/api/v1/copies").then().statusCode(202));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Database.copied(source)).isNotEmpty());
    }
}
