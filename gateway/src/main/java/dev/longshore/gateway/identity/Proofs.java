package dev.longshore.gateway.identity;

import dev.longshore.gateway.identity.domain.Identity;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** One kind of proof: knows whose a bearer token is. */
public interface Proofs {

    /** As metrics name it. */
    String kind();

    /** Whether the token is of this kind, by its form alone. */
    boolean areLike(String token);

    /** Empty if it is nobody's, or no longer. */
    Uni<Optional<Identity>> find(String token);
}
