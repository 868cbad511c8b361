package dev.longshore.scan.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.ImageReference;
import dev.longshore.scan.postgres.Boms;
import dev.longshore.scan.postgres.KnownImage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sboms}: the components of an image, as the scanner listed them. */
@Path("/api/v1/sboms")
class BomResource {

    private final Mutiny.SessionFactory sessions;
    private final References references;
    private final Boms boms;
    private final Caller caller;

    BomResource(Mutiny.SessionFactory sessions, References references, Boms boms, Caller caller) {
        this.sessions = sessions;
        this.references = references;
        this.boms = boms;
        this.caller = caller;
    }

    @GET
    @Produces("application/vnd.cyclonedx+json")
    @Operation(summary = "The SBOM of an image, CycloneDX JSON")
    public Uni<String> get(@QueryParam("reference") @Parameter(required = true) @Nullable String given) {
        var reference = References.parsed(given);
        var access = caller.access();
        return sessions.withSession(session -> references
                .required(session, reference, access)
                .chain(known -> boms.find(
                        session, image(known, reference).image().digest().toString()))
                .map(found -> found.map(json -> new String(json, StandardCharsets.UTF_8))
                        .orElseThrow(() -> new ProblemException(
                                ErrorCode.NOT_FOUND, "There is no SBOM of %s yet".formatted(reference)))));
    }

    private static KnownImage image(KnownImage known, ImageReference reference) {
        return switch (known.kind()) {
            case IMAGE -> known;
            case INDEX ->
                throw new ProblemException(
                        ErrorCode.NOT_FOUND,
                        "%s is an index; each of its images has an SBOM, by its digest".formatted(reference));
            case ARTIFACT ->
                throw new ProblemException(
                        ErrorCode.NOT_FOUND, "%s is %s and has no SBOM".formatted(reference, known.what()));
        };
    }
}
