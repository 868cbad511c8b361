package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.client.Caller;
import dev.longshore.e2e.client.Caller.Said;
import dev.longshore.e2e.client.GovernedRegistry;
import dev.longshore.e2e.suite.Suite;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A registry of the house, of which two projects have repositories. */
class SharedRegistryE2E {

    private static final String PASSWORD = "a password that is long enough";
    private static final String REGISTRY = "shared-house";
    private static final TestImage OURS = TestImages.image("shared-ours");
    private static final TestImage THEIRS = TestImages.image("shared-theirs");

    private static Suite suite;
    private static Api admin;
    private static GovernedRegistry registry;
    private static Caller member;

    @BeforeAll
    static void start() {
        suite = Suite.shared();
        admin = Api.admin(suite);
        registry = GovernedRegistry.start(suite, REGISTRY, Kind.DISTRIBUTION_2).register(admin);
        project("shared-b", "");
        claim("shared-a", "team-a/**");
        admin.demand(
                admin.put("/api/v1/users/shared-mia", "{\"role\": null, \"password\": \"%s\"}".formatted(PASSWORD)));
        registry.push("team-a/api", "1.0", OURS);
        registry.push("team-b/api", "1.0", THEIRS);
        member = Caller.signedIn(suite, "shared-mia", PASSWORD);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void aMemberSeesItsRepositoriesOfTheRegistryAndNothingElseOfIt() {
        await("its image is known and decided upon")
                .atMost(Landscape.PATIENCE)
                .until(() -> sees("/api/v1/images", "team-a/api:1.0") && sees("/api/v1/decisions", "team-a/api:1.0"));
        await("theirs is known, and decided upon")
                .atMost(Landscape.PATIENCE)
                .until(() -> admin.about("/api/v1/decisions", REGISTRY + "/team-b/api:1.0")
                        .items()
                        .findAny()
                        .isPresent());

        assertThat(listed()).contains("team-a/api").doesNotContain("team-b");
        assertThat(member.send("GET", "/api/v1/search?q=" + REGISTRY, "").body())
                .contains("team-a/api")
                .doesNotContain("team-b");
        for (var image : List.of("team-b/api:1.0", "team-b/api@" + THEIRS.digest())) {
            assertThat(about("/api/v1/images", image).status()).as(image).isEqualTo(404);
            assertThat(sees("/api/v1/decisions", image)).as(image).isFalse();
        }
        assertThat(member.send("GET", "/api/v1/registries/" + REGISTRY, "").status())
                .isEqualTo(404);
        assertThat(scan("team-b/api:1.0")).isEqualTo(404);
        assertThat(scan("team-a/api:1.0")).isEqualTo(202);
        assertThat(copy("team-a/api:1.0", "team-b/taken:1.0")).isEqualTo(400);
        assertThat(copy("team-b/api:1.0", "team-a/taken:1.0")).isEqualTo(400);

        // When it is another project's
        project("shared-a", "");
        claim("shared-b", "team-a/**");

        // Then
        await("the claim is known everywhere")
                .atMost(Landscape.PATIENCE)
                .until(() -> !sees("/api/v1/images", "team-a/api:1.0")
                        && !sees("/api/v1/decisions", "team-a/api:1.0")
                        && !listed().contains("team-a"));
    }

    private static void claim(String name, String pattern) {
        project(
                name,
                ", \"repositories\": [{\"registry\": \"%s\", \"repositories\": [\"%s\"]}]"
                        .formatted(REGISTRY, pattern));
    }

    /** Mia is of the first. */
    private static void project(String name, String more) {
        var members = name.equals("shared-a") ? "{\"user\": \"shared-mia\", \"role\": \"operator\"}" : "";
        admin.demand(admin.put("/api/v1/projects/" + name, "{\"members\": [%s]%s}".formatted(members, more)));
    }

    private static String listed() {
        return member.send("GET", "/api/v1/images?limit=200", "").body();
    }

    private static boolean sees(String path, String image) {
        return about(path, image).body().contains("\"digest\"");
    }

    private static Said about(String path, String image) {
        var reference = URLEncoder.encode(REGISTRY + "/" + image, StandardCharsets.UTF_8);
        return member.send("GET", path + "?reference=" + reference, "");
    }

    private static int scan(String image) {
        return member.send("POST", "/api/v1/scans", "{\"reference\": \"%s/%s\"}".formatted(REGISTRY, image))
                .status();
    }

    private static int copy(String source, String target) {
        return member.send(
                        "POST",
                        "/api/v1/copies",
                        "{\"source\": \"%1$s/%2$s\", \"target\": \"%1$s/%3$s\"}".formatted(REGISTRY, source, target))
                .status();
    }
}
