package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.measure.ProcessFigures;
import dev.longshore.benchmarks.suite.Api;
import dev.longshore.benchmarks.suite.Folders;
import dev.longshore.benchmarks.suite.Program;
import dev.longshore.benchmarks.suite.Suite;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two local Distribution registries, known to a running suite, between which images are copied. */
final class CopySite implements AutoCloseable {

    static final String TAG = "1";

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final double PATIENCE_SECONDS = 180;

    final RegistryProcess source;
    final RegistryProcess target;
    final Suite suite;
    private final Api api;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CopySite(RegistryProcess source, RegistryProcess target, Suite suite, Api api) {
        this.source = source;
        this.target = target;
        this.suite = suite;
        this.api = api;
    }

    /** The suite is up. */
    static CopySite at(Setting setting, Suite suite) throws IOException, InterruptedException {
        var site = new CopySite(registry(setting, "source"), registry(setting, "target"), suite, Api.of(suite));
        site.register("source", site.source);
        site.register("target", site.target);
        return site;
    }

    private static RegistryProcess registry(Setting setting, String name) {
        return RegistryProcess.of(Kind.DISTRIBUTION_2)
                .inFolder(setting.work().resolve(name))
                .start();
    }

    private void register(String name, RegistryProcess registry) throws IOException, InterruptedException {
        api.put("/api/v1/registries/" + name, """
                {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true, "reconcileEvery": "24h"}""".formatted(registry.uri()));
    }

    /** Until replication-service knows both registries. */
    void awaitKnown(String repository) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        while (true) {
            try {
                copy(List.of(repository));
                return;
            } catch (IOException refused) {
                if (Program.secondsSince(begun) > PATIENCE_SECONDS) {
                    throw refused;
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    /** The target has nothing any more. Distribution keeps nothing of it in memory. */
    void empty() throws IOException {
        Folders.delete(target.folder().resolve("data"));
    }

    /** By Longshore: from the first request until all is at the target. The CPU is replication-service's. */
    Measurement copy(List<String> repositories) throws IOException, InterruptedException {
        var service = suite.pid("replication-service");
        var cpu = ProcessFigures.cpuSeconds(service);
        var begun = System.nanoTime();
        for (var repository : repositories) {
            api.post(
                    "/api/v1/copies",
                    "{\"source\": \"source/%s:1\", \"target\": \"target/%s:1\"}".formatted(repository, repository));
        }
        for (var repository : repositories) {
            while (!hasTag(repository)) {
                if (Program.secondsSince(begun) > PATIENCE_SECONDS) {
                    throw new IOException("%s was not copied; see %s/logs".formatted(repository, suite.home()));
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        var seconds = Program.secondsSince(begun);
        settle();
        return new Measurement(seconds, ProcessFigures.cpuSeconds(service) - cpu);
    }

    /** Seen in the target's folder: asking the registry again and again would take from it what the copy needs. */
    private boolean hasTag(String repository) {
        var link = "data/docker/registry/v2/repositories/%s/_manifests/tags/%s/current/link".formatted(repository, TAG);
        return Files.exists(target.folder().resolve(link));
    }

    /** What comes after the tag (reading it back, writing it down) is not to meet the next contender. */
    private void settle() throws IOException, InterruptedException {
        var path = "/api/v1/executions?state=running&limit=1";
        for (var attempt = 0; attempt < 100 && !api.get(path).path("items").isEmpty(); attempt++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Throws unless the target has each image as the source has it, with all its blobs. */
    void verify(List<String> repositories) throws IOException, InterruptedException {
        for (var repository : repositories) {
            var there = digest(target, repository);
            if (!there.equals(digest(source, repository))) {
                throw new IOException("%s was not copied: the target has %s".formatted(repository, there));
            }
            for (var blob : blobs(repository)) {
                if (head(target, repository, "blobs/" + blob).statusCode() != 200) {
                    throw new IOException("%s was copied without %s".formatted(repository, blob));
                }
            }
        }
    }

    private String digest(RegistryProcess registry, String repository) throws IOException, InterruptedException {
        return head(registry, repository, "manifests/" + TAG)
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElse("nothing");
    }

    private List<String> blobs(String repository) throws IOException, InterruptedException {
        var request = request(source, repository, "manifests/" + TAG).GET().build();
        var manifest = http.send(request, BodyHandlers.ofString()).body();
        var digests = new ArrayList<String>();
        var found = java.util.regex.Pattern.compile("sha256:[a-f0-9]{64}").matcher(manifest);
        while (found.find()) {
            digests.add(found.group());
        }
        return digests;
    }

    private HttpResponse<Void> head(RegistryProcess registry, String repository, String what)
            throws IOException, InterruptedException {
        return http.send(request(registry, repository, what).HEAD().build(), BodyHandlers.discarding());
    }

    private static HttpRequest.Builder request(RegistryProcess registry, String repository, String what) {
        return HttpRequest.newBuilder(registry.uri().resolve("/v2/%s/%s".formatted(repository, what)))
                .header("Accept", MANIFEST);
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
