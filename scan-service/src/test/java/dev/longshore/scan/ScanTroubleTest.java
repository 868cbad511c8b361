package dev.longshore.scan;

import static dev.longshore.events.DecisionEvent.Action.BLOCK;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.longshore.events.Topic;
import dev.longshore.testkit.Tools;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class ScanTroubleTest {

    @BeforeAll
    static void policy() {
        World.policy("trouble", "trouble/**", Map.of("critical", BLOCK));
    }

    @AfterEach
    void restore() {
        Infra.Trivy.install();
    }

    @Test
    void decidesAsForTheUnknownWhileTrivyIsMissingOrTooSlowAndAgainWhenItWorks() {
        try (var registry = ScriptedRegistry.start()) {
            // Given
            World.register("missing-trivy", registry.uri());
            var image = World.imageWithLog4j("2.14.1", "missing trivy");
            registry.hold("trouble/api", "1.0", image);

            // When
            Infra.Trivy.remove();
            World.OTHERS.pushed("missing-trivy", "trouble/api", "1.0", image);

            // Then
            failed("missing-trivy/trouble/api:1.0", "scanner-missing", image);
            RestAssured.get("/q/health/ready").then().statusCode(200).body(containsString("There is no Trivy at"));

            // When
            Infra.Trivy.installScript("case $1 in --version) echo Version: 0.74.0;; *) exec sleep 600;; esac");

            // Then
            failed("missing-trivy/trouble/api:1.0", "scanner-timed-out", image);

            // When
            Infra.Trivy.installScript(
                    "case $1 in --version) echo Version: 0.74.0;; *) echo FATAL broken; exit 1;; esac");

            // Then
            failed("missing-trivy/trouble/api:1.0", "scanner-failed", image);

            // When
            Infra.Trivy.install();

            // Then
            Api.decided("missing-trivy/trouble/api:1.0", "block", "vulnerability");
            Api.get("/api/v1/scans", "reference", "missing-trivy/trouble/api:1.0")
                    .body("items[0].state", equalTo("succeeded"))
                    .body("items[0].failure", equalTo(null));
        }
    }

    @Test
    void decidesThoughTheComponentsCannotBeListedAndListsThemNextTime() {
        try (var registry = ScriptedRegistry.start()) {
            // Given
            World.register("unlisted", registry.uri());
            var image = World.imageWithLog4j("2.14.1", "unlisted");
            registry.hold("trouble/api", "1.0", image);
            Infra.Trivy.installScript("case $1 in convert) echo FATAL broken; exit 1;; *) exec %s \"$@\";; esac"
                    .formatted(Tools.path("trivy")));

            // When
            World.OTHERS.pushed("unlisted", "trouble/api", "1.0", image);

            // Then
            Api.decided("unlisted/trouble/api:1.0", "block", "vulnerability");
            eventually(() -> assertThat(RestAssured.get("/q/metrics").asString())
                    .containsPattern("longshore_scan_failures_total\\{[^}]*registry=\"unlisted\"[^}]*} 1"));
            Api.get("/api/v1/sboms", "reference", "unlisted/trouble/api:1.0").statusCode(404);
            Api.get("/api/v1/scans", "reference", "unlisted/trouble/api:1.0")
                    .body("items[0].state", equalTo("succeeded"));

            // When
            Infra.Trivy.install();
            Api.post("/api/v1/scans", "{\"reference\":\"unlisted/trouble/api:1.0\"}")
                    .statusCode(202);

            // Then
            Api.listed("unlisted/trouble/api:1.0");
            assertThat(Api.actions("unlisted/trouble/api:1.0")).containsOnlyOnce("block");
        }
    }

    @Test
    void tellsAMissingLayerFromAllElse() {
        try (var registry = ScriptedRegistry.start()) {
            // Given
            World.register("no-layer", registry.uri());
            var image = World.imageWithLog4j("2.14.1", "no layer");
            registry.hold("trouble/api", "1.0", image);
            var layer = "/v2/trouble/api/blobs/" + image.blobs().getLast().digest();
            registry.answer("GET", layer, ScriptedRegistry.ALWAYS, Reply.error(404, "BLOB_UNKNOWN", "gone"));

            // When
            World.OTHERS.pushed("no-layer", "trouble/api", "1.0", image);

            // Then
            failed("no-layer/trouble/api:1.0", "layer-missing", image);
            registry.behave();
            Api.decided("no-layer/trouble/api:1.0", "block", "vulnerability");
        }
    }

    @Test
    void tellsAMissingImage() {
        try (var registry = ScriptedRegistry.start()) {
            World.register("no-image", registry.uri());
            var image = World.imageWithLog4j("2.14.1", "no image");

            World.OTHERS.pushed("no-image", "trouble/api", "1.0", image);

            failed("no-image/trouble/api:1.0", "image-missing", image);
        }
    }

    @Test
    void tellsARefusedLogin() {
        try (var registry = ScriptedRegistry.start().withBasicAuthentication("ci", "secret")) {
            World.register("locked", registry.uri());
            var image = World.imageWithLog4j("2.14.1", "locked");

            World.OTHERS.pushed("locked", "trouble/api", "1.0", image);

            failed("locked/trouble/api:1.0", "registry-refused", image);
        }
    }

    @Test
    void tellsARegistryThatIsAway() {
        World.register("away", URI.create("http://127.0.0.1:1"));
        var image = World.imageWithLog4j("2.14.1", "away");

        World.OTHERS.pushed("away", "trouble/api", "1.0", image);

        failed("away/trouble/api:1.0", "registry-unreachable", image);
    }

    @Test
    void tellsALayerOfOtherBytes() {
        try (var registry = ScriptedRegistry.start()) {
            World.register("liar", registry.uri());
            var image = World.imageWithLog4j("2.14.1", "liar");
            var other = World.imageWithLog4j("2.24.3", "liar");
            registry.hold("trouble/api", "1.0", image);
            var layer = image.blobs().getLast();
            registry.answer(
                    "GET",
                    "/v2/trouble/api/blobs/" + layer.digest(),
                    ScriptedRegistry.ALWAYS,
                    Reply.of(200, layer.mediaType(), other.blobs().getLast().bytes()));

            World.OTHERS.pushed("liar", "trouble/api", "1.0", image);

            failed("liar/trouble/api:1.0", "digest-mismatch", image);
        }
    }

    private static void failed(String reference, String code, TestImage image) {
        eventually(() -> Api.get("/api/v1/scans", "reference", reference)
                .body("items[0].state", equalTo("failed"))
                .body("items[0].failure.code", equalTo(code)));
        Api.decided(reference, "warn", "scan-failed");
        eventually(() -> assertThat(World.OTHERS.messages(Topic.SCANS, image.digest()))
                .anySatisfy(
                        seen -> assertThat(seen.data().path("code").asText()).isEqualTo(code)));
    }
}
