package dev.longshore.scan.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.ImageReference;
import dev.longshore.scan.domain.Image;
import dev.longshore.scan.postgres.Findings;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.scan.postgres.Scans;
import dev.longshore.scan.task.Requests;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/scans}: scans on demand, and what came of scans. */
@Path("/api/v1/scans")
@Produces(MediaType.APPLICATION_JSON)
class ScanResource {

    /** References, for the API's description; what decides is {@link ImageReference}. */
    private static final String PATTERN =
            "^[a-z0-9][a-z0-9-]{0,62}/[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*"
                    + "(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[a-f0-9]{64})$";

    private final Mutiny.SessionFactory sessions;
    private final References references;
    private final Scans scans;
    private final Findings findings;
    private final Requests requests;
    private final ScanAudit audit;
    private final Caller caller;

    ScanResource(
            Mutiny.SessionFactory sessions,
            References references,
            Scans scans,
            Findings findings,
            Requests requests,
            ScanAudit audit,
            Caller caller) {
        this.sessions = sessions;
        this.references = references;
        this.scans = scans;
        this.findings = findings;
        this.requests = requests;
        this.audit = audit;
        this.caller = caller;
    }

    @Schema(examples = "{\"reference\": \"nexus/shop/api:1.4\"}")
    record NewScan(
            @Schema(required = true, pattern = PATTERN, maxLength = 255) @Nullable
            String reference) {}

    record Accepted(String execution, String reference, List<String> images) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Scan an image, or the images of an index, again")
    @APIResponse(
            responseCode = "202",
            description = "Begun; Location says where to look",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "404", description = "The image is not known")
    @APIResponse(responseCode = "409", description = "There is nothing to scan in it")
    public Uni<Response> scan(@Nullable NewScan scan) {
        var reference = References.parsedField(scan == null ? null : scan.reference());
        var access = caller.access();
        return sessions.withTransaction((session, _) -> references
                        .required(session, reference, access)
                        .invoke(known -> access.require(known.project()))
                        .chain(known -> references
                                .images(session, known)
                                .chain(images -> request(session, reference, known, images))))
                .map(accepted -> Response.accepted(accepted)
                        .location(URI.create("/api/v1/executions/" + accepted.execution()))
                        .build());
    }

    @GET
    @Operation(summary = "What came of the scans of an image, or of the images of an index")
    public Uni<CursorPage<ScanView>> list(@QueryParam("reference") @Parameter(required = true) @Nullable String given) {
        var reference = References.parsed(given);
        var access = caller.access();
        return sessions.withSession(session ->
                        references.images(session, reference, access).chain(images -> views(session, images)))
                .map(views -> new CursorPage<>(views, null));
    }

    private Uni<Accepted> request(
            Mutiny.Session session, ImageReference reference, KnownImage known, List<KnownImage> images) {
        if (images.isEmpty()) {
            var detail = "%s is %s; there is nothing to scan in it".formatted(reference, known.what());
            throw new ProblemException(ErrorCode.CONFLICT, detail);
        }
        var wanted = images.stream().map(KnownImage::image).toList();
        return requests.askedScans(session, known.project(), reference.toString(), wanted, audit.caller())
                .call(execution -> audit.requested(session, known, reference, execution))
                .map(execution -> new Accepted(
                        execution,
                        reference.toString(),
                        wanted.stream().map(Image::key).toList()));
    }

    private Uni<List<ScanView>> views(Mutiny.Session session, List<KnownImage> images) {
        var digests =
                images.stream().map(image -> image.image().digest().toString()).toList();
        return scans.find(session, digests)
                .chain(states -> findings.counts(session, digests)
                        .map(counts -> images.stream()
                                .flatMap(image -> {
                                    var digest = image.image().digest().toString();
                                    var state = states.get(digest);
                                    return state == null
                                            ? Stream.empty()
                                            : Stream.of(
                                                    ScanView.from(image, state, counts.getOrDefault(digest, Map.of())));
                                })
                                .toList()));
    }
}
