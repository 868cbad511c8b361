package dev.longshore.e2e;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.client.GovernedRegistry;
import dev.longshore.e2e.client.SlowLink;
import dev.longshore.e2e.suite.Databases;
import dev.longshore.e2e.suite.Part;
import dev.longshore.e2e.suite.Suite;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** retention-service is killed five times while it applies a plan: exactly the plan is deleted, and each manifest once. */
@Tag("long")
class RetentionKillE2E {

    private static final Logger LOG = Logger.getLogger(RetentionKillE2E.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int IMAGES = 90;
    private static final int KEPT = 15;
    private static final int KILLS = 5;
    private static final String REPOSITORY = "shop/retire";

    private final Suite suite = Suite.shared();
    private final Api api = Api.admin(suite);
    private final Databases databases = new Databases(suite);

    @Test
    void deletesExactlyThePlanThoughItIsKilledFiveTimes() {
        try (var registry = GovernedRegistry.start(suite, "retire", Kind.DISTRIBUTION_3);
                var link = SlowLink.to(registry.process().uri(), Duration.ofMillis(60))) {
            // Given
            register(registry, link);
            var images = push(registry);
            var plan = plan();
            var planned = planned(plan);
            LOG.info(() -> "%s deletes %d of %d images".formatted(plan, planned.size(), images.size()));
            assertThat(planned).hasSize(IMAGES - KEPT);

            // When
            await("the inventory to be known")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> api.post("/api/v1/retention-plans/%s/executions".formatted(plan), "")
                                    .status()
                            == 202);
            for (var kill = 1; kill <= KILLS; kill++) {
                killInTheMidst(plan, kill);
            }

            // Then
            await("the plan to be applied")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> api.get("/api/v1/retention-plans/" + plan),
                            answer -> answer.status() == 200
                                    && answer.json().path("state").asText().equals("applied"));
            assertExactly(registry, images, planned);
        }
    }

    private void register(GovernedRegistry registry, SlowLink link) {
        registry.registerAt(link.uri(), api, "10s");
        api.demand(api.put("/api/v1/retention-policies/retire", """
                {"scope": {"registries": ["retire"], "repositories": ["%s"]},
                 "rules": [{"tags": ["**"], "keep": {"lastPushed": %d}}]}""".formatted(REPOSITORY, KEPT)));
    }

    /** One after the other, so that it is known which are the last. */
    private Map<String, TestImage> push(GovernedRegistry registry) {
        var push = TestPush.to(registry.process().uri(), GovernedRegistry.USER, registry.password());
        var images = new LinkedHashMap<String, TestImage>();
        IntStream.rangeClosed(1, IMAGES).forEach(number -> {
            var text = "retire " + number;
            var image = number % 3 == 0 ? TestImages.index(text) : TestImages.image(text);
            var tag = "v" + number;
            push.image(REPOSITORY, tag, image);
            images.put(tag, image);
        });
        await("all known to retention-service")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(databases.countIfThere(
                                Part.RETENTION, "select count(*) from inventory_tag where registry = 'retire'"))
                        .isEqualTo(IMAGES));
        return images;
    }

    /** The images have to be older than the registry's reconcileEvery. */
    private String plan() {
        return await("a plan that deletes")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(3))
                .until(this::planOnce, plan -> planned(plan).size() == IMAGES - KEPT);
    }

    private String planOnce() {
        var plan = api.demand(api.post("/api/v1/retention-policies/retire/plans", ""))
                .json()
                .path("id")
                .asText();
        await("the plan " + plan)
                .atMost(PATIENCE)
                .until(
                        () -> api.get("/api/v1/retention-plans/" + plan),
                        answer -> answer.json().path("state").asText().equals("planned"));
        return plan;
    }

    private Set<String> planned(String plan) {
        var tags = new HashSet<String>();
        api.get("/api/v1/retention-plans/%s?verdict=delete&limit=1000".formatted(plan))
                .items()
                .map(item -> item.path("reference").asText())
                .filter(reference -> reference.contains(":v"))
                .forEach(reference -> tags.add(reference.substring(reference.indexOf(":v") + 1)));
        return tags;
    }

    private void killInTheMidst(String plan, int kill) {
        var deletions = "select count(*) from plan_deletion where plan_id = '%s' and state ".formatted(plan);
        var before = databases.countIfThere(Part.RETENTION, deletions + "= 'deleted'");
        await("work under way for kill " + kill)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> suite.process(Part.RETENTION).isPresent()
                        && databases.countIfThere(Part.RETENTION, deletions + "= 'deleted'") >= before + 5
                        && databases.countIfThere(
                                        Part.RETENTION,
                                        "select count(*) from task where kind = 'retire' and state = 'running'")
                                > 0);
        var process = suite.process(Part.RETENTION).orElseThrow().pid();
        suite.kill(Part.RETENTION);
        LOG.info(() -> "kill -9 of retention-service (process %d), the %d. time: %d deletions done, %d left"
                .formatted(
                        process,
                        kill,
                        databases.count(Part.RETENTION, deletions + "= 'deleted'"),
                        databases.count(Part.RETENTION, deletions + "= 'planned'")));
    }

    private void assertExactly(GovernedRegistry registry, Map<String, TestImage> images, Set<String> planned) {
        var gone = new ArrayList<String>();
        images.forEach((tag, image) -> {
            if (planned.contains(tag)) {
                assertThat(registry.digest(REPOSITORY, tag)).as(tag).isEmpty();
                image.allManifests().forEach(manifest -> gone.add(manifest.digest()));
            } else {
                assertThat(registry.digest(REPOSITORY, tag)).as(tag).contains(image.digest());
                image.allManifests()
                        .forEach(manifest -> assertThat(registry.digest(REPOSITORY, manifest.digest()))
                                .contains(manifest.digest()));
            }
        });
        var deletes = registry.process().accessLog("DELETE", "/v2/%s/manifests/sha256:".formatted(REPOSITORY)).stream()
                .filter(line -> line.contains("\" 202 "))
                .map(line -> line.replaceAll(".*/manifests/(\\S+) HTTP.*", "$1"))
                .collect(groupingBy(identity(), counting()));
        LOG.info(() ->
                "%d manifests deleted, each so often: %s".formatted(deletes.size(), Set.copyOf(deletes.values())));
        assertThat(deletes.keySet()).containsExactlyInAnyOrderElementsOf(List.copyOf(new HashSet<>(gone)));
        assertThat(deletes.values()).allMatch(count -> count == 1);
        await("told of each")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                databases.count(
                                        Part.RETENTION,
                                        "select count(*) from plan_deletion d join plan p on p.id = d.plan_id where p.state = 'applied' and d.state = 'deleted'"))
                        .isEqualTo(deletes.size()));
    }
}
