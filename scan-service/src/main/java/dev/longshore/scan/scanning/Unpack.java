package dev.longshore.scan.scanning;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.Image;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.registry.PassThrough;
import dev.longshore.scan.registry.Registries;
import dev.longshore.scan.registry.RegistryFailures;
import dev.longshore.scan.registry.Session;
import dev.longshore.scan.trivy.ScanTarget;
import dev.longshore.scan.trivy.Scanned;
import dev.longshore.scan.trivy.TrivyScanner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Scans an image itself, which is fetched from its registry for it. */
@ApplicationScoped
class Unpack {

    private final Registries registries;
    private final PassThrough passThrough;
    private final TrivyScanner scanner;
    private final BlockingCalls blocking;

    Unpack(Registries registries, PassThrough passThrough, TrivyScanner scanner, BlockingCalls blocking) {
        this.registries = registries;
        this.passThrough = passThrough;
        this.scanner = scanner;
        this.blocking = blocking;
    }

    /** Asks the registry for the manifest first: what the scanner cannot tell apart, the registry can. */
    Uni<Scanned> scanned(RegistryConfigured registry, Image image) {
        return blocking.call(() -> registries.client(registry))
                .chain(client -> manifest(client, image)
                        .chain(manifest -> passThrough.open(client, image.repository(), manifest)))
                .chain(session -> scan(registry, image.repository(), image.digest(), session)
                        .onTermination()
                        .invoke(session::close));
    }

    private static Uni<FetchedManifest> manifest(RegistryClient client, Image image) {
        return client.getManifest(new Reference.Pinned(image.repository(), image.digest()))
                .onFailure(RegistryException.class)
                .transform(RegistryFailures::of)
                .map(found -> found.orElseThrow(() ->
                        new ScanFailedException(FailureCode.IMAGE_MISSING, "The registry has no manifest " + image)));
    }

    private Uni<Scanned> scan(RegistryConfigured registry, String repository, Digest digest, Session session) {
        var target = new ScanTarget(
                session.address(),
                registry.url().getAuthority(),
                session.username(),
                session.password(),
                repository,
                digest);
        return run(() -> scanner.scan(target))
                .call(session::settled)
                .onFailure(ScanFailedException.class)
                .transform(
                        failure -> session.failure().map(Throwable.class::cast).orElse(failure));
    }

    /** Runs the scanner; whatever goes wrong with its files is its failure. */
    <T> Uni<T> run(Callable<T> work) {
        return blocking.call(work)
                .onFailure(IOException.class)
                .transform(failure -> new ScanFailedException(
                        FailureCode.SCANNER_FAILED, "Trivy's files cannot be used: " + failure.getMessage(), failure));
    }
}
