package dev.longshore.config.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.Stored;
import dev.longshore.config.postgres.Actor;
import dev.longshore.config.postgres.Change;
import dev.longshore.config.postgres.Change.Outcome;
import dev.longshore.config.postgres.Desired;
import dev.longshore.config.postgres.Resources;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.http.Precondition;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What all kinds of resources have in common towards HTTP. */
@ApplicationScoped
class Documents {

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;

    /** A field that is given twice is a mistake, and which of the two is meant cannot be known. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Resources resources;
    private final Caller caller;

    Documents(Resources resources, Caller caller) {
        this.resources = resources;
        this.caller = caller;
    }

    static JsonNode parse(String body) {
        try {
            return STRICT.readTree(body);
        } catch (JsonProcessingException failure) {
            var place = failure.getLocation();
            // Jackson's own message quotes what was given, which may be a secret.
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "The body is not valid JSON, or has a field twice"
                            + (place == null
                                    ? ""
                                    : ": line %d, column %d".formatted(place.getLineNr(), place.getColumnNr())));
        }
    }

    Actor actor() {
        return Actor.of(caller);
    }

    /** What is seen may still not be for the caller to do this with. */
    void requirePermitted(Stored stored) {
        caller.access().require(stored.content().project());
    }

    Uni<Response> put(Desired desired, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return resources
                .put(desired, new Precondition(ifMatch, ifNoneMatch), actor())
                .map(Documents::answer);
    }

    Uni<Response> get(Kind kind, String name, @Nullable String ifNoneMatch) {
        return resources.get(kind, name, caller.access()).map(stored -> {
            var isKnown = ifNoneMatch != null && ifNoneMatch.contains(Precondition.etag(stored.version()));
            var response = isKnown ? Response.notModified() : Response.ok(stored.shown());
            return response.header(HttpHeaders.ETAG, Precondition.etag(stored.version()))
                    .build();
        });
    }

    Uni<CursorPage<ObjectNode>> list(Kind kind, @Nullable String cursor, @Nullable Integer limit) {
        var size = limit == null ? PAGE : limit;
        if (size < 1 || size > LARGEST_PAGE) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "limit is not from 1 to " + LARGEST_PAGE);
        }
        return resources
                .list(kind, Cursor.decode(cursor), size, caller.access())
                .map(page -> page.map(Stored::shown));
    }

    Uni<Response> delete(Kind kind, String name, @Nullable String ifMatch) {
        return resources
                .delete(kind, name, new Precondition(ifMatch, null), actor())
                .replaceWith(() -> Response.noContent().build());
    }

    private static Response answer(Change change) {
        var stored = change.stored();
        var response = change.outcome() == Outcome.CREATED
                ? Response.created(URI.create("/api/v1/" + stored.kind().resource(stored.name())))
                : Response.ok();
        return response.entity(stored.shown())
                .header(HttpHeaders.ETAG, Precondition.etag(stored.version()))
                .build();
    }
}
