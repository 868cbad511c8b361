package dev.longshore.scan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.scan.domain.Severity;
import dev.longshore.scan.postgres.Findings;
import dev.longshore.scan.postgres.Findings.Found;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/findings}: the vulnerabilities of an image, the worst first. */
@Path("/api/v1/findings")
@Produces(MediaType.APPLICATION_JSON)
class FindingResource {

    private static final Pattern POSITION = Pattern.compile("\\d:\\d{1,18}");

    private final Mutiny.SessionFactory sessions;
    private final References references;
    private final Findings findings;
    private final Caller caller;

    FindingResource(Mutiny.SessionFactory sessions, References references, Findings findings, Caller caller) {
        this.sessions = sessions;
        this.references = references;
        this.findings = findings;
        this.caller = caller;
    }

    /** @param digest of the image that it was found in: one of an index's, if an index was asked for */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record FindingView(
            String vulnerability,
            String severity,
            String packageName,
            String installedVersion,
            @Nullable String fixedVersion,
            String status,
            String path,
            @Nullable Instant publishedAt,
            String title,
            String url,
            String digest) {

        static FindingView from(Found found) {
            var finding = found.finding();
            return new FindingView(
                    finding.vulnerability(),
                    finding.severity().text(),
                    finding.packageName(),
                    finding.installedVersion(),
                    finding.fixedVersion(),
                    finding.status(),
                    finding.path(),
                    finding.publishedAt(),
                    finding.title(),
                    finding.url(),
                    found.digest());
        }
    }

    @GET
    @Operation(summary = "The vulnerabilities of an image, or of the images of an index")
    public Uni<CursorPage<FindingView>> list(
            @QueryParam("reference") @Parameter(required = true) @Nullable String given,
            @QueryParam("severity")
                    @Parameter(schema = @Schema(type = SchemaType.ARRAY, implementation = Severity.class))
                    List<String> severities,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        var reference = References.parsed(given);
        var wanted = severities(severities);
        var position = position(cursor);
        var access = caller.access();
        return sessions.withSession(session -> references
                        .images(session, reference, access)
                        .map(images -> images.stream()
                                .map(image -> image.image().digest().toString())
                                .distinct()
                                .toList())
                        .chain(digests -> findings.page(session, digests, wanted, position, limit)))
                .map(page -> page.map(FindingView::from));
    }

    /** As {@code severity=critical,high} or {@code severity=critical&severity=high}; all if none is named. */
    private static Set<Severity> severities(List<String> given) {
        var wanted = EnumSet.noneOf(Severity.class);
        given.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> wanted.add(Severity.of(name)
                        .orElseThrow(() -> new ProblemException(
                                ErrorCode.INVALID_REQUEST,
                                "The severity '%s' is not known; critical, high, medium, low and unknown are"
                                        .formatted(name)))));
        return wanted.isEmpty() ? EnumSet.allOf(Severity.class) : wanted;
    }

    private static String position(@Nullable String cursor) {
        var position = Cursor.decode(cursor);
        if (!position.isEmpty() && !POSITION.matcher(position).matches()) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The cursor is not one of this list");
        }
        return position;
    }
}
