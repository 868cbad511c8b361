package dev.longshore.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Policies reach the repositories of their project, whoever's the registry is. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class SharedRegistryTest {

    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(30));
    private static final String OURS = "shared-by-teams/team-a/web:1";
    private static final String THEIRS = "shared-by-teams/team-b/web:1";

    private static RegistryProcess registry;
    private static World world;

    @BeforeAll
    static void start() {
        registry = RegistryProcess.of(Kind.DISTRIBUTION_3).start();
        world = new World();
        world.registry("shared-by-teams", registry.uri(), "enforce");
    }

    @AfterAll
    static void stop() {
        world.close();
        registry.close();
    }

    @Test
    void aPolicyReachesWhatItsProjectClaimsAndThatOfTheRegistryTheRest() {
        // Given
        push("team-a/web", "1");
        push("team-a/web", "2");
        push("team-b/web", "1");
        push("team-b/web", "2");
        world.claim("team-a", "shared-by-teams", "team-a/**");
        world.policyOf("team-a", "of-the-team", "*", "**", 1, null, "plan-only");
        world.policy("of-the-house", "shared-by-teams", "**", 1, null, "plan-only");

        // When
        var ofTheTeam = PlansApi.plan("of-the-team");
        var ofTheHouse = PlansApi.plan("of-the-house");

        // Then
        assertThat(PlansApi.deleted(ofTheTeam)).containsExactly(OURS);
        assertThat(PlansApi.deleted(ofTheHouse)).containsExactly(THEIRS);

        // When
        world.claim("team-a", "shared-by-teams", "elsewhere/**");
        world.claim("team-c", "shared-by-teams", "team-b/**");
        await().atMost(PlansApi.SOON)
                .until(() -> Database.execute("update repository_claim set pattern = pattern where project = 'team-c'")
                        == 1);

        // Then
        PlansApi.refused(ofTheTeam, 409, "plan-outdated");
        PlansApi.refused(ofTheHouse, 409, "plan-outdated");
        assertThat(Client.tags(registry, "team-a/web")).containsExactlyInAnyOrder("1", "2");
        assertThat(PlansApi.deleted(PlansApi.plan("of-the-house"))).containsExactly(OURS);
    }

    private static void push(String repository, String tag) {
        var image = TestImages.image(repository + " " + tag);
        TestPush.to(registry.uri()).image(repository, tag, image);
        world.pushed("shared-by-teams", repository, tag, image, LONG_AGO.plusSeconds(Long.parseLong(tag)));
    }
}
