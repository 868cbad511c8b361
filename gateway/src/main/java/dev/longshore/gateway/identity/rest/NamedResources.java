package dev.longshore.gateway.identity.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.Administered;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.identity.NamedChanges.Kind;
import dev.longshore.gateway.identity.NamedChanges.Wish;
import dev.longshore.gateway.identity.domain.Changed;
import dev.longshore.gateway.identity.domain.Named;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.http.Precondition;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and changes what has a name and belongs to a project, for those who see and administer it. */
@ApplicationScoped
public class NamedResources {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final CurrentSession current;
    private final CurrentAccess access;

    NamedResources(CurrentSession current, CurrentAccess access) {
        this.current = current;
        this.access = access;
    }

    /** A store's list. */
    public interface Listing<T> {
        /** @param projects empty: all of them */
        Uni<List<T>> list(Optional<Set<String>> projects, String after, int limit);
    }

    public <T extends Named> Uni<CursorPage<T>> list(Listing<T> store, @Nullable String cursor, int limit) {
        return store.list(access.get().filter(), Cursor.decode(cursor), limit + 1)
                .map(found -> CursorPage.of(found, limit, Named::name));
    }

    /** What one may not see is not found. */
    public <T extends Named> Uni<Response> find(Uni<Optional<T>> stored, Kind kind) {
        var mine = access.get();
        return stored.map(found ->
                        found.filter(thing -> mine.sees(thing.project())).orElseThrow(kind::notFound))
                .map(thing -> shown(Response.ok(), thing, thing.version()));
    }

    public <T extends Named> Uni<Response> put(
            Kind kind,
            String name,
            Precondition precondition,
            HttpServerRequest request,
            Function<Wish, Uni<Changed<T>>> change) {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "A name has 1 to 63 lower case letters, digits and hyphens, and begins with no hyphen");
        }
        return changing(name, precondition, request, change)
                .map(changed -> put(
                        "/api/v1/" + kind.resource(name), changed, changed.now().version()));
    }

    public <T> Uni<T> changing(
            String name, Precondition precondition, HttpServerRequest request, Function<Wish, Uni<T>> change) {
        var administered = new Administered(access.get());
        return current.actor(request).chain(by -> change.apply(new Wish(name, precondition, by, administered)));
    }

    public static Response put(String path, Changed<?> changed, long version) {
        return shown(changed.isNew() ? Response.created(URI.create(path)) : Response.ok(), changed.now(), version);
    }

    public static Response shown(Response.ResponseBuilder response, @Nullable Object thing, long version) {
        return response.entity(thing)
                .header(HttpHeaders.ETAG, Precondition.etag(version))
                .build();
    }
}
