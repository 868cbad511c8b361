package dev.longshore.gateway.identity;

import dev.longshore.gateway.identity.domain.Identity;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Knows whose a bearer token is, of whichever kind. */
@ApplicationScoped
public class KnownIdentities {

    /** Of workloads; all else is much shorter. */
    private static final int LONGEST = 16 * 1024;

    private final List<Proofs> kinds;
    private final MeterRegistry meters;

    KnownIdentities(@All List<Proofs> kinds, MeterRegistry meters) {
        this.kinds = kinds;
        this.meters = meters;
    }

    public Uni<Optional<Identity>> find(String token) {
        if (token.length() > LONGEST) {
            return Uni.createFrom().item(Optional.empty());
        }
        return kinds.stream()
                .filter(kind -> kind.areLike(token))
                .findFirst()
                .map(kind -> timed(kind, token))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Optional<Identity>> timed(Proofs kind, String token) {
        var begun = System.nanoTime();
        return kind.find(token)
                .invoke(found -> meters.timer(
                                "longshore.authentication",
                                "proof",
                                kind.kind(),
                                "outcome",
                                found.isPresent() ? "known" : "unknown")
                        .record(Duration.ofNanos(System.nanoTime() - begun)));
    }
}
