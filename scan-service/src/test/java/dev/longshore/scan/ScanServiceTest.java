package dev.longshore.scan;

import static dev.longshore.events.DecisionEvent.Action.BLOCK;
import static dev.longshore.events.DecisionEvent.Action.WARN;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.longshore.events.Topic;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class ScanServiceTest {

    private static final String DECIDED = "dev.longshore.image.decided.v1";

    private static RegistryProcess registry;
    private static TestPush push;

    @BeforeAll
    static void register() {
        registry = RegistryProcess.of(RegistryProcess.Kind.DISTRIBUTION_2).start();
        push = TestPush.to(registry.uri());
        World.register("left", registry.uri());
    }

    @AfterAll
    static void close() {
        registry.close();
    }

    @Test
    void blocksTheImageWithTheVulnerabilityAndAllowsTheOneWithout() {
        // Given
        World.policy("main", "main/**", Map.of("critical", BLOCK, "high", WARN));
        var bad = pushed("main/api", "1.0", World.imageWithLog4j("2.14.1", "main"));
        var good = pushed("main/api", "2.0", World.imageWithLog4j("2.24.3", "main"));

        // When
        var blocked = Api.decided("left/main/api:1.0", "block", "vulnerability");
        var allowed = Api.decided("left/main/api:2.0", "allow", "clean");

        // Then
        assertThat(blocked.getString("items[0].digest")).isEqualTo(bad.digest());
        assertThat(blocked.<String>getList("items[0].reasons.vulnerability")).contains("CVE-2021-44228");
        assertThat(blocked.getString("items[0].policies[0].name")).isEqualTo("main");
        assertThat(allowed.getString("items[0].digest")).isEqualTo(good.digest());
        Api.get("/api/v1/findings", "reference", "left/main/api:1.0", "severity", "critical,high", "limit", "2")
                .statusCode(200)
                .body("items.vulnerability", contains("CVE-2021-44228", "CVE-2021-45046"))
                .body("items[0].fixedVersion", startsWith("2.15.0"));
        Api.get("/api/v1/findings", "reference", "left/main/api:2.0").body("items", hasSize(0));
        Api.get("/api/v1/scans", "reference", "left/main/api:1.0")
                .body("items[0].state", equalTo("succeeded"))
                .body("items[0].findings.critical", equalTo(2))
                .body("items[0].databaseUpdatedAt", equalTo("2026-11-21T00:21:56Z"));
        eventually(() -> {
            assertThat(World.OTHERS.messages(Topic.SCANS, bad.digest()))
                    .singleElement()
                    .satisfies(seen -> assertThat(
                                    seen.data().at("/findings/critical").asInt())
                            .isEqualTo(2));
            assertThat(World.OTHERS
                            .messages(Topic.DECISIONS, bad.digest())
                            .getLast()
                            .data()
                            .path("action")
                            .asText())
                    .isEqualTo("block");
            assertThat(World.OTHERS.messages(Topic.AUDIT, "service:scan-service"))
                    .anySatisfy(seen -> assertThat(seen.data().path("resource").asText())
                            .isEqualTo("left/main/api@" + bad.digest()));
        });
    }

    @Test
    void keepsTheSbomUnderTheNameOfTheRegistry() {
        // Given
        pushed("bom/api", "1.0", World.imageWithLog4j("2.14.1", "bom"));
        Api.decided("left/bom/api:1.0", "allow", "no-policy");

        // Then
        Api.listed("left/bom/api:1.0")
                .contentType("application/vnd.cyclonedx+json")
                .body("bomFormat", equalTo("CycloneDX"))
                .body("metadata.component.name", startsWith(registry.host() + "/bom/api@sha256:"))
                .body("components.name", hasItem("log4j-core"))
                .body("vulnerabilities", hasSize(0));
    }

    @Test
    void matchingTheSbomFindsWhatScanningTheImageDid() {
        // Given
        pushed("twice/api", "1.0", World.imageWithPackages("twice"));
        Api.listed("left/twice/api:1.0");
        var first = findings("left/twice/api:1.0");
        assertThat(first.<String>getList("items.path"))
                .contains("debian 12.5", "app/log4j-core-2.14.1.jar")
                .hasSize(5);

        // When
        var execution = Api.post("/api/v1/scans", "{\"reference\":\"left/twice/api:1.0\"}")
                .statusCode(202)
                .extract()
                .jsonPath()
                .getString("execution");
        eventually(() -> Api.get("/api/v1/executions/" + execution).body("state", equalTo("succeeded")));

        // Then
        var second = findings("left/twice/api:1.0");
        assertThat(second.getList("items")).isEqualTo(first.getList("items"));
        assertThat(second.getString("nextCursor"))
                .as("names the row, which is another one if the findings were written again")
                .isEqualTo(first.getString("nextCursor"));
    }

    @Test
    void decidesAnewWhenAnExemptionComesAndGoesAndEnds() {
        // Given
        World.policy("exempted", "exempted/**", Map.of("critical", BLOCK, "high", BLOCK, "medium", BLOCK));
        pushed("exempted/api", "1.0", World.imageWithLog4j("2.14.1", "exempted"));
        Api.decided("left/exempted/api:1.0", "block", "vulnerability");

        // When
        World.exemption("known", "left/exempted/api:1.0", null);

        // Then
        var allowed = Api.decided("left/exempted/api:1.0", "allow", "exempted");
        assertThat(allowed.getString("items[0].reasons[0].text")).contains("known", "ada", "JNDI is off");
        World.removeExemption("known");
        Api.decided("left/exempted/api:1.0", "block", "vulnerability");

        // And
        World.exemption("for-a-moment", "exempted/*", Instant.now().plusSeconds(6));
        Api.decided("left/exempted/api:1.0", "allow", "exempted");
        Api.decided("left/exempted/api:1.0", "block", "vulnerability");
        assertThat(Api.actions("left/exempted/api:1.0")).startsWith("block", "allow", "block", "allow", "block");
    }

    @Test
    void takesTheWorstOfAnIndexAndDecidesAnewWhenTheTagMoves() {
        // Given
        World.policy("index", "index/**", Map.of("critical", BLOCK));
        var good = World.imageWithLog4j("2.24.3", "index good");
        var bad = World.imageWithLog4j("2.14.1", "index bad");
        pushed("index/api", "1.0", TestImages.index(good, bad));

        // When
        var decision = Api.decided("left/index/api:1.0", "block", "child");

        // Then
        assertThat(decision.getString("items[0].reasons[0].text")).contains("CVE-2021-44228");
        Api.decided("left/index/api@" + good.digest(), "allow", "clean");
        Api.get("/api/v1/findings", "reference", "left/index/api:1.0")
                .body("items.digest", hasItem(bad.digest()))
                .body("items.digest", not(hasItem(good.digest())));

        // And
        World.OTHERS.tag("left", "index/api", "1.0", good);
        Api.decided("left/index/api:1.0", "allow", "clean");
    }

    @Test
    void holdsAnExemptionByTagForTheImagesOfTheTaggedIndex() {
        World.policy("tagged", "tagged/**", Map.of("critical", BLOCK, "high", BLOCK, "medium", BLOCK));
        World.exemption("tagged", "tagged/api:1.0", null);

        pushed(
                "tagged/api",
                "1.0",
                TestImages.index(
                        World.imageWithLog4j("2.24.3", "tagged good"), World.imageWithLog4j("2.14.1", "tagged bad")));

        var decision = Api.decided("left/tagged/api:1.0", "allow", "child");
        assertThat(decision.<String>getList("items[0].reasons.text"))
                .anyMatch(text -> text.contains("exempted by tagged"));
    }

    @Test
    void hasNothingToScanInAnArtifact() {
        World.policy("artifact", "artifact/**", Map.of("critical", BLOCK));
        var subject = TestImages.image("subject");

        pushed("artifact/api", "sbom", TestImages.referrer(subject, "application/spdx+json", "{}"));

        Api.decided("left/artifact/api:sbom", "allow", "not-applicable");
        Api.post("/api/v1/scans", "{\"reference\":\"left/artifact/api:sbom\"}").statusCode(409);
    }

    @Test
    void removesTheDecisionWithTheImage() {
        // Given
        var image = pushed("gone/api", "1.0", World.imageWithLog4j("2.24.3", "gone"));
        Api.decided("left/gone/api:1.0", "allow", "no-policy");

        // When
        World.removed("left", "gone/api", image);

        // Then
        eventually(() -> {
            assertThat(World.OTHERS
                            .messages(Topic.DECISIONS, image.digest())
                            .getLast()
                            .type())
                    .isEmpty();
            assertThat(Api.decision("left/gone/api@" + image.digest()).getList("items"))
                    .isEmpty();
        });
    }

    @Test
    void publishesADecisionOnlyWhenItChanges() {
        // Given
        World.policy("quiet", "quiet/**", Map.of("critical", BLOCK));
        var image = pushed("quiet/api", "1.0", World.imageWithLog4j("2.14.1", "quiet"));
        Api.decided("left/quiet/api:1.0", "block", "vulnerability");
        eventually(() -> assertThat(World.OTHERS
                        .messages(Topic.DECISIONS, image.digest())
                        .getLast()
                        .data()
                        .path("action")
                        .asText())
                .isEqualTo("block"));
        var published = World.OTHERS.messages(Topic.DECISIONS, image.digest()).size();

        // When
        World.policy("elsewhere", "elsewhere/**", Map.of());
        World.OTHERS.tag("left", "quiet/api", "latest", image);
        var other = pushed("quiet/api", "other", World.imageWithLog4j("2.24.3", "quiet other"));
        Api.decided("left/quiet/api@" + other.digest(), "allow", "clean");

        // Then
        assertThat(World.OTHERS.messages(Topic.DECISIONS, image.digest()))
                .hasSize(published)
                .allMatch(seen -> seen.type().equals(DECIDED));
    }

    @Test
    void scansAgainWhenSomebodyAsks() {
        // Given
        pushed("asked/api", "1.0", World.imageWithLog4j("2.14.1", "asked"));
        eventually(() -> Api.get("/api/v1/scans", "reference", "left/asked/api:1.0")
                .body("items[0].state", equalTo("succeeded")));

        // When
        var execution = Api.post("/api/v1/scans", "{\"reference\":\"left/asked/api:1.0\"}")
                .statusCode(202)
                .header("Location", containsString("/api/v1/executions/scn-"))
                .extract()
                .jsonPath()
                .getString("execution");

        // Then
        eventually(
                () -> Api.get("/api/v1/executions/" + execution).statusCode(200).body("state", equalTo("succeeded")));
        eventually(() -> assertThat(World.OTHERS.messages(Topic.AUDIT, "admin"))
                .anySatisfy(seen ->
                        assertThat(seen.data().at("/after/execution").asText()).isEqualTo(execution)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "left", "left/Shop/api:1.0", "left/shop/api", "left/shop/api@md5:00", "left/shop/api:"})
    void refusesWhatIsNoReference(String reference) {
        for (var path : List.of("scans", "findings", "sboms", "decisions")) {
            Api.get("/api/v1/" + path, "reference", reference)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("invalid-reference"));
        }
        Api.post("/api/v1/scans", "{\"reference\":\"%s\"}".formatted(reference))
                .statusCode(400)
                .body("code", equalTo("invalid-reference"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Api.post("/api/v1/scans", "{\"reference\":\"left/no/such:1.0\"}")
                .statusCode(404)
                .body("code", equalTo("not-found"));
        Api.get("/api/v1/sboms", "reference", "left/no/such:1.0").statusCode(404);
        Api.get("/api/v1/decisions", "reference", "left/no/such:1.0")
                .statusCode(200)
                .body("items", hasSize(0));
        Api.get("/api/v1/findings", "reference", "left/no/such:1.0", "severity", "terrible")
                .statusCode(400)
                .body("detail", containsString("terrible"));
        Api.post("/api/v1/scans", "{\"image\":\"x\"}").statusCode(400).body("code", equalTo("unknown-field"));
        RestAssured.get("/api/v1/decisions?reference=left/a:1").then().statusCode(401);
    }

    @Test
    void showsItsTrivyAndItsFigures() {
        RestAssured.get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("trivy"));
        pushed("figures/api", "1.0", World.imageWithLog4j("2.24.3", "figures"));
        Api.decided("left/figures/api:1.0", "allow", "no-policy");
        eventually(() -> assertThat(
                        RestAssured.get("/q/metrics").asString().lines().map(line -> line.split("\\{")[0]))
                .contains(
                        "longshore_push_to_decided_seconds_bucket",
                        "longshore_scan_duration_seconds_bucket",
                        "longshore_decisions_total"));
    }

    /** All but the last. */
    private static JsonPath findings(String reference) {
        return Api.get("/api/v1/findings", "reference", reference, "limit", "5")
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static TestImage pushed(String repository, String tag, TestImage image) {
        push.image(repository, tag, image);
        World.OTHERS.pushed("left", repository, tag, image);
        return image;
    }
}
