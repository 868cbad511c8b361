package dev.longshore.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testkit.Tools;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was planned is gone, and all that stays pulls completely, before and after the registry's garbage collection. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class RetentionOnRegistriesTest {

    private static final Logger LOG = Logger.getLogger(RetentionOnRegistriesTest.class);

    private static World world;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        world = new World();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void deletesWhatWasPlannedAndNothingElse(Kind kind) throws Exception {
        retire(kind, "few", 15);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void deletesWhatWasPlannedOfAHundredImages(Kind kind) throws Exception {
        retire(kind, "hundred", 100);
    }

    private void retire(Kind kind, String name, int count) throws Exception {
        var registryName = name + "-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (var registry =
                RegistryProcess.of(kind).inFolder(folder.resolve("registry")).start()) {
            // Given
            world.registry(registryName, registry.uri(), "enforce");
            var repository = "shop/" + name;
            var pictures = new Gallery(world, registryName, registry.uri(), repository, kind != Kind.OLAREG)
                    .of(count)
                    .pictures();
            var kept = count / 2;
            world.policy(registryName, registryName, repository, kept, null, "plan-only");

            // When
            var plan = PlansApi.plan(registryName);
            var planned = PlansApi.deleted(plan).stream()
                    .filter(reference -> reference.contains(":v"))
                    .collect(Collectors.toSet());
            PlansApi.applyFully(plan);

            // Then
            var gone = pictures.subList(0, count - kept);
            var staying = pictures.subList(count - kept, count);
            assertThat(planned)
                    .isEqualTo(gone.stream()
                            .map(picture -> registryName + "/" + repository + ":" + picture.tag())
                            .collect(Collectors.toSet()));
            assertThat(PlansApi.get(plan)
                            .extract()
                            .<Map<String, Integer>>path("deletions")
                            .keySet())
                    .isSubsetOf(outcomes(kind));
            assertGone(registry, repository, gone, staying);
            assertPulls(registry, repository, staying, "before");
            collectGarbage(kind, registry);
            assertGone(registry, repository, gone, staying);
            assertPulls(registry, repository, staying, "after");
            LOG.infof(
                    "%s: of %d images %d were planned and are gone (%d manifests), %d stay and pull completely before and after garbage collection",
                    kind, count, planned.size(), manifests(gone).size(), staying.size());
        }
    }

    /** olareg may drop an index's children and an image's referrers itself, with what they belonged to. */
    private static Set<String> outcomes(Kind kind) {
        return kind == Kind.OLAREG ? Set.of("deleted", "gone") : Set.of("deleted");
    }

    private static void assertGone(
            RegistryProcess registry, String repository, List<Gallery.Picture> gone, List<Gallery.Picture> staying) {
        assertThat(Client.tags(registry, repository).stream().filter(tag -> tag.startsWith("v")))
                .containsExactlyInAnyOrderElementsOf(
                        staying.stream().map(Gallery.Picture::tag).toList());
        assertThat(manifests(gone)).noneMatch(digest -> Client.exists(registry, repository + "@" + digest));
    }

    /** With children, and the referrers by their digest. */
    private void assertPulls(RegistryProcess registry, String repository, List<Gallery.Picture> staying, String when)
            throws Exception {
        var references = staying.stream()
                .flatMap(picture -> Stream.concat(
                        Stream.of(":" + picture.tag()),
                        picture.referrer().stream().map(referrer -> "@" + referrer.digest())))
                .toList();
        try (var both = Executors.newFixedThreadPool(2)) {
            var pulls = references.stream()
                    .map(reference -> both.submit(() -> Client.pull(
                            registry,
                            repository + reference,
                            folder.resolve(when + reference.replaceAll("[@:]", "-")))))
                    .toList();
            for (var pull : pulls) {
                assertThat(pull.get(2, TimeUnit.MINUTES)).as(when).isEmpty();
            }
        }
    }

    private static Set<String> manifests(List<Gallery.Picture> pictures) {
        var digests = new HashSet<String>();
        for (var picture : pictures) {
            picture.image().allManifests().forEach(manifest -> digests.add(manifest.digest()));
            picture.referrer().ifPresent(referrer -> digests.add(referrer.digest()));
        }
        return digests;
    }

    /** Distribution collects while it is down; olareg collects when it starts again and looks often. */
    private static void collectGarbage(Kind kind, RegistryProcess registry) throws IOException, InterruptedException {
        registry.stop();
        var command = switch (kind) {
            case DISTRIBUTION_2 ->
                List.of(
                        "/usr/bin/docker-registry",
                        "garbage-collect",
                        registry.folder().resolve("config.yml").toString());
            case DISTRIBUTION_3 ->
                List.of(
                        Tools.path("registry").toString(),
                        "garbage-collect",
                        registry.folder().resolve("config.yml").toString());
            case OLAREG ->
                List.of(
                        "timeout",
                        "5",
                        Tools.path("olareg").toString(),
                        "serve",
                        "--addr",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--dir",
                        registry.folder().resolve("data").toString(),
                        "--store-type",
                        "dir",
                        "--gc-frequency",
                        "1s",
                        "--gc-grace-period",
                        "0s");
        };
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        registry.folder().resolve("garbage-collection.log").toFile());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        var status = builder.start().waitFor();
        assertThat(status).isIn(kind == Kind.OLAREG ? List.of(124, 0) : List.of(0));
        registry.start();
    }
}
