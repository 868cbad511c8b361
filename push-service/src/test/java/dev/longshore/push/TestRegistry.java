package dev.longshore.push;

import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.TestPush;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A real registry, registered and announcing itself. */
final class TestRegistry implements AutoCloseable {

    private static final String ACCEPT =
            "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json";

    final String name;
    final Intake intake;
    final RegistryProcess process;
    final TestPush push;
    private final HttpClient http = HttpClient.newHttpClient();

    TestRegistry(String name) {
        this.name = name;
        this.intake = new Intake(name);
        this.process = RegistryProcess.of(RegistryProcess.Kind.DISTRIBUTION_2)
                .withNotifications(intake.uri(), Map.of())
                .start();
        this.push = TestPush.to(process.uri());
    }

    /**
     * Returns once what it has was read for the first time: what is pushed from now on is heard of by its notification, and
     * not found by reading too, which would tell it twice.
     */
    void register() {
        World.OTHERS.registry(name, process.uri(), "enforce");
        eventually(() -> assertThat(
                        Rows.of("select name from registry where name = ? and reconciled_at is not null", name))
                .hasSize(1));
    }

    /** What it has is read again and again. */
    void register(Duration reconcileEvery) {
        World.OTHERS.registry("default", name, process.uri(), "enforce", reconcileEvery);
    }

    /** Of another project from now on. */
    void move(String project) {
        World.OTHERS.registry(project, name, process.uri(), "enforce", Duration.ofHours(1));
    }

    void pull(String repository, String reference, String userAgent) {
        send(manifest(repository, reference).header("User-Agent", userAgent).GET());
    }

    void delete(String repository, String digest) {
        send(manifest(repository, digest).method("DELETE", BodyPublishers.noBody()));
    }

    private HttpRequest.Builder manifest(String repository, String reference) {
        return HttpRequest.newBuilder(process.uri().resolve("/v2/" + repository + "/manifests/" + reference))
                .header("Accept", ACCEPT);
    }

    private void send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.discarding());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer + " was answered " + answer.statusCode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        intake.close();
    }
}
