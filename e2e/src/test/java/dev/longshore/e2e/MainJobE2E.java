package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.e2e.client.Images;
import dev.longshore.e2e.suite.Command;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A push is announced by the registry, scanned, judged, and copied if it is allowed. */
class MainJobE2E {

    private static final String SBOM = "application/spdx+json";
    private static Landscape landscape;

    @BeforeAll
    static void start() {
        landscape = Landscape.start("main-job");
    }

    @AfterAll
    static void end() {
        landscape.close();
    }

    @Test
    void blocksAnImageWithACriticalFindingAndDoesNotCopyIt() {
        // Given
        var image = Images.vulnerable("blocked");

        // When
        landscape.left.push("shop/blocked", "1.0", image);

        // Then
        var decision = landscape.awaitDecision("shop/blocked:1.0", image.digest(), "block");
        assertThat(decision.path("reasons").toString()).contains("CVE-2021-44228");
        assertThat(landscape
                        .api
                        .about("/api/v1/findings", landscape.onLeft("shop/blocked:1.0"))
                        .items()
                        .map(JsonNode::toString))
                .anyMatch(finding -> finding.contains("CVE-2021-44228") && finding.contains(Images.VULNERABLE_LOG4J));
        assertThat(landscape
                        .api
                        .about("/api/v1/images", landscape.onLeft("shop/blocked:1.0"))
                        .json()
                        .at("/items/0/digest")
                        .asText())
                .isEqualTo(image.digest());
        var allowed = Images.fixed("pushed after the blocked one");
        landscape.left.push("shop/blocked", "1.1", allowed);
        landscape.awaitCopied("shop/blocked", "1.1", allowed.digest());
        assertThat(landscape.right.digest("shop/blocked", "1.0")).isEmpty();
    }

    @Test
    void copiesAnAllowedIndexWithItsChildrenAndAReferrerThatCameLater() {
        // Given
        var index = Images.multiArch(Images.FIXED_LOG4J, "index");

        // When
        landscape.left.push("shop/index", "2.0", index);
        var referrer = landscape.left.attach("shop/index", "2.0", SBOM, "{\"spdxVersion\":\"SPDX-2.3\"}");

        // Then
        landscape.awaitDecision("shop/index:2.0", index.digest(), "allow");
        landscape.awaitCopied("shop/index", "2.0", index.digest());
        for (var child : index.children()) {
            assertThat(landscape.right.digest("shop/index", child.digest())).contains(child.digest());
        }
        await("the referrer on the right").atMost(Landscape.PATIENCE).untilAsserted(() -> {
            assertThat(landscape.right.digest("shop/index", referrer)).contains(referrer);
            assertThat(landscape.right.referrers("shop/index", index.digest())).contains(referrer);
        });
    }

    @Test
    void blocksAnIndexWhoseChildIsBlocked() {
        var index = Images.multiArch(Images.VULNERABLE_LOG4J, "blocked index");

        landscape.left.push("shop/blocked-index", "1.0", index);

        landscape.awaitDecision("shop/blocked-index:1.0", index.digest(), "block");
        assertThat(landscape.right.digest("shop/blocked-index", "1.0")).isEmpty();
    }

    @Test
    void copiesABlockedImageOnceItsFindingsAreExempted() {
        // Given
        var image = Images.vulnerable("exempted");
        landscape.left.push("shop/exempted", "1.0", image);
        landscape.awaitDecision("shop/exempted:1.0", image.digest(), "block");

        // When
        landscape.api.demand(
                landscape.api.put("/api/v1/exemptions/main-job", """
                {"vulnerabilities": ["CVE-2021-44228", "CVE-2021-45046", "CVE-2021-45105", "CVE-2021-44832"],
                 "images": ["%s:*"], "reason": "lookups are switched off", "owner": "shop team",
                 "expiresAt": "2099-01-31T00:00:00Z"}""".formatted(landscape.onLeft("shop/exempted"))));

        // Then
        landscape.awaitDecision("shop/exempted:1.0", image.digest(), "allow");
        landscape.awaitCopied("shop/exempted", "1.0", image.digest());
        await("the audit trail of it")
                .atMost(Landscape.PATIENCE)
                .untilAsserted(() -> assertThat(landscape
                                .api
                                .get("/api/v1/audit?limit=200")
                                .items()
                                .map(JsonNode::toString))
                        .anyMatch(entry -> entry.contains("exemptions/main-job")
                                && entry.contains("\"actor\":\"admin\"")
                                && entry.contains("lookups are switched off")));
    }

    @Test
    void followsATagThatIsMoved() {
        var first = Images.fixed("first");
        var second = Images.fixed("second");
        landscape.left.push("shop/moved", "latest", first);
        landscape.awaitCopied("shop/moved", "latest", first.digest());

        landscape.left.push("shop/moved", "latest", second);

        landscape.awaitCopied("shop/moved", "latest", second.digest());
    }

    @Test
    void oneTraceRunsFromTheNotificationToTheCopy() {
        // Given
        var image = Images.fixed("traced");

        // When
        landscape.left.push("shop/traced", "1.0", image);
        landscape.awaitCopied("shop/traced", "1.0", image.digest());

        // Then
        var trace = notificationOfThePush(image.digest()).path("traceId").asText();
        await("all spans")
                .atMost(Landscape.PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    Command told = landscape.suite.launcher("trace", trace);
                    assertThat(told.demand())
                            .contains("gateway", "push-service", "scan-service", "replication-service")
                            .contains("/webhooks/", "task scan", "task copy");
                });
    }

    private static JsonNode notificationOfThePush(String digest) {
        return landscape
                .api
                .get("/api/v1/deliveries?limit=200&registry=" + landscape.left.name())
                .items()
                .map(item -> landscape
                        .api
                        .get("/api/v1/deliveries/" + item.path("id").asText())
                        .json())
                .filter(found -> found.path("body").asText().contains(digest))
                // The suite's own pulls are told of too.
                .filter(found -> found.path("body").asText().contains("\"push\""))
                .findFirst()
                .orElseThrow();
    }
}
