package dev.longshore.scan.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.project.Claims;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.InvalidReferenceException;
import dev.longshore.scan.domain.Image;
import dev.longshore.scan.postgres.Configuration;
import dev.longshore.scan.postgres.Inventory;
import dev.longshore.scan.postgres.KnownImage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What the references that callers give stand for. */
@ApplicationScoped
class References {

    private final Inventory inventory;
    private final Configuration configuration;
    private final Claims claims;

    References(Inventory inventory, Configuration configuration, Claims claims) {
        this.inventory = inventory;
        this.configuration = configuration;
        this.claims = claims;
    }

    /** From the query parameter {@code reference}. */
    static ImageReference parsed(@Nullable String reference) {
        return parsed(reference, List.of());
    }

    /** From a field of the body. */
    static ImageReference parsedField(@Nullable String reference) {
        return parsed(reference, List.of(new FieldError("/reference", "registry-name/repository:tag or …@sha256:…")));
    }

    private static ImageReference parsed(@Nullable String reference, List<FieldError> errors) {
        if (reference == null || reference.isBlank()) {
            throw new ProblemException(ErrorCode.INVALID_REFERENCE, "Name the image by 'reference'", errors);
        }
        try {
            return ImageReference.parse(reference);
        } catch (InvalidReferenceException invalid) {
            throw new ProblemException(ErrorCode.INVALID_REFERENCE, String.valueOf(invalid.getMessage()), errors);
        }
    }

    Uni<KnownImage> required(Mutiny.Session session, ImageReference reference, Access access) {
        return find(session, reference, access).map(found -> found.orElseThrow(() -> unknown(reference)));
    }

    private Uni<Optional<KnownImage>> find(Mutiny.Session session, ImageReference reference, Access access) {
        return isVisible(session, reference, access)
                .chain(isVisible -> isVisible
                        ? inventory.find(session, reference)
                        : Uni.createFrom().item(Optional.empty()));
    }

    /** What is in a repository is seen by those of its project, whether or not it is there still. */
    private Uni<Boolean> isVisible(Mutiny.Session session, ImageReference reference, Access access) {
        if (access.visible().contains(Access.ALL)) {
            return Uni.createFrom().item(true);
        }
        return configuration
                .registry(session, reference.registry())
                .chain(found -> found.map(registry -> claims.owners(session, registry.name(), registry.project())
                                .map(owners -> access.sees(owners.projectOf(reference.repository()))))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** The images that a reference leads to: itself, or those of an index. */
    Uni<List<KnownImage>> images(Mutiny.Session session, ImageReference reference, Access access) {
        return find(session, reference, access)
                .chain(found -> found.map(known -> images(session, known))
                        .orElseGet(() -> Uni.createFrom().item(List.of())));
    }

    Uni<List<KnownImage>> images(Mutiny.Session session, KnownImage known) {
        return inventory.images(session, known.image());
    }

    /** The key of a digest's decision, whether or not the image still exists. */
    Uni<Optional<String>> key(Mutiny.Session session, ImageReference reference, Access access) {
        return isVisible(session, reference, access)
                .chain(isVisible ->
                        isVisible ? key(session, reference) : Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Optional<String>> key(Mutiny.Session session, ImageReference reference) {
        return reference
                .digest()
                .map(digest -> Uni.createFrom()
                        .item(Optional.of(new Image(reference.registry(), reference.repository(), digest).key())))
                .orElseGet(() -> inventory
                        .find(session, reference)
                        .map(found -> found.map(known -> known.image().key())));
    }

    static ProblemException unknown(ImageReference reference) {
        return new ProblemException(ErrorCode.NOT_FOUND, "The inventory has no image " + reference);
    }
}
