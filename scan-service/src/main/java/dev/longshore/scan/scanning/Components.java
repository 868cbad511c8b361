package dev.longshore.scan.scanning;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.Digest;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.postgres.Boms;
import dev.longshore.scan.postgres.Configuration;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.scan.trivy.Match;
import dev.longshore.scan.trivy.Scanned;
import dev.longshore.scan.trivy.TrivyScanner;
import dev.longshore.tasks.Lease;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is wrong with a digest: of the image itself the first time, and from then on of its components. */
@ApplicationScoped
class Components {

    private final Mutiny.SessionFactory sessions;
    private final Configuration configuration;
    private final Boms boms;
    private final Unpack unpack;
    private final TrivyScanner scanner;
    private final Clock clock = Clock.systemUTC();

    Components(
            Mutiny.SessionFactory sessions,
            Configuration configuration,
            Boms boms,
            Unpack unpack,
            TrivyScanner scanner) {
        this.sessions = sessions;
        this.configuration = configuration;
        this.boms = boms;
        this.unpack = unpack;
        this.scanner = scanner;
    }

    /** What is wrong with a digest; and the scan of the image itself, whose components are yet to be kept, if it took one. */
    record Result(Match match, Optional<Scanned> isNew) {}

    /** From the components that were listed before, or else from the registries. */
    Uni<Result> match(List<KnownImage> places) {
        var digest = places.getFirst().image().digest().toString();
        return sessions.withSession(session -> boms.find(session, digest))
                .chain(known -> known.map(bom -> unpack.run(() -> new Result(scanner.match(bom), Optional.empty())))
                        .orElseGet(() ->
                                scanned(places).map(scanned -> new Result(scanned.match(), Optional.of(scanned)))));
    }

    /** Lists the components, so that the image need not be fetched again, and ends the task with that. */
    Uni<Void> keep(Digest digest, Scanned scanned, Lease lease) {
        return unpack.run(() -> scanner.list(scanned))
                .chain(bom -> sessions.withTransaction((session, _) -> boms.put(
                                session, digest.toString(), bom.json(), bom.scannerVersion(), clock.instant())
                        .chain(() -> lease.complete(session))));
    }

    /** The same image may lie in several registries; one that gives it is enough. */
    private Uni<Scanned> scanned(List<KnownImage> places) {
        var place = places.getFirst();
        var elsewhere = places.subList(1, places.size());
        return registry(place)
                .chain(registry -> unpack.scanned(registry, place.image()))
                .onFailure(failure -> !elsewhere.isEmpty() && isOfTheRegistry(failure))
                .recoverWithUni(() -> scanned(elsewhere));
    }

    private Uni<RegistryConfigured> registry(KnownImage place) {
        var name = place.image().registry();
        return sessions.withSession(session -> configuration.registry(session, name))
                .map(found -> found.orElseThrow(() -> new ScanFailedException(
                        FailureCode.REGISTRY_UNREACHABLE, "The registry %s is not registered".formatted(name))));
    }

    private static boolean isOfTheRegistry(Throwable failure) {
        return failure instanceof ScanFailedException scanFailed
                && switch (scanFailed.code()) {
                    case IMAGE_MISSING,
                            LAYER_MISSING,
                            REGISTRY_REFUSED,
                            REGISTRY_UNREACHABLE,
                            REGISTRY_INVALID,
                            DIGEST_MISMATCH -> true;
                    case SCANNER_MISSING,
                            SCANNER_UNSUPPORTED,
                            SCANNER_FAILED,
                            SCANNER_TIMED_OUT,
                            DATABASE_UNAVAILABLE -> false;
                };
    }
}
