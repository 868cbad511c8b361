package dev.longshore.scan.scanning;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.postgres.Boms;
import dev.longshore.scan.postgres.Configuration;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.scan.trivy.Bom;
import dev.longshore.scan.trivy.Match;
import dev.longshore.scan.trivy.TrivyScanner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The components of a digest, listed once; and what is wrong with them, asked as often as needed. */
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

    Uni<Match> match(byte[] bom) {
        return unpack.scanned(() -> scanner.match(bom));
    }

    /** From the first time that it was listed, or else from the registries. */
    Uni<byte[]> of(List<KnownImage> places) {
        var digest = places.getFirst().image().digest().toString();
        return sessions.withSession(session -> boms.find(session, digest))
                .chain(known -> known.map(bom -> Uni.createFrom().item(bom)).orElseGet(() -> unpacked(digest, places)));
    }

    /** The same image may lie in several registries; one that gives it is enough. */
    private Uni<byte[]> unpacked(String digest, List<KnownImage> places) {
        var place = places.getFirst();
        var elsewhere = places.subList(1, places.size());
        return registry(place)
                .chain(registry -> unpack.bom(registry, place.image()))
                .call(bom -> keep(digest, bom))
                .map(bom -> bom.json())
                .onFailure(failure -> !elsewhere.isEmpty() && isOfTheRegistry(failure))
                .recoverWithUni(() -> unpacked(digest, elsewhere));
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

    /** At once: matching may fail, and the image need not be fetched again. */
    private Uni<Void> keep(String digest, Bom bom) {
        return sessions.withTransaction(
                (session, _) -> boms.put(session, digest, bom.json(), bom.scannerVersion(), clock.instant()));
    }
}
