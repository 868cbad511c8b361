package dev.longshore.gateway.identity.account.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.longshore.gateway.access.Administered;
import dev.longshore.gateway.access.CurrentAccess;
import dev.longshore.gateway.idempotency.domain.ShownOnce;
import dev.longshore.gateway.identity.account.AccountTokens;
import dev.longshore.gateway.identity.account.AccountTokens.In;
import dev.longshore.gateway.identity.account.AccountTokens.Made;
import dev.longshore.gateway.identity.account.TokensConfig;
import dev.longshore.gateway.identity.account.postgres.Token;
import dev.longshore.gateway.identity.domain.Lifetime;
import dev.longshore.gateway.session.CurrentSession;
import dev.longshore.kit.http.Cursor;
import dev.longshore.kit.http.CursorPage;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The tokens of a service account. */
@Path("/api/v1/service-accounts/{name}/tokens")
@Tag(name = "Service accounts")
class TokensResource {

    private static final int LONGEST_OVERLAP_DAYS = 30;

    private final AccountTokens tokens;
    private final TokensConfig config;
    private final CurrentSession current;
    private final CurrentAccess access;
    private final Clock clock = Clock.systemUTC();

    TokensResource(AccountTokens tokens, TokensConfig config, CurrentSession current, CurrentAccess access) {
        this.tokens = tokens;
        this.config = config;
        this.current = current;
        this.access = access;
    }

    /** The secret is shown this once. */
    public record NewToken(String token, @JsonUnwrapped Token description) implements ShownOnce {

        @Override
        public String toWhoAsksAgain() {
            return "The token %s was made and shown once: if that answer was lost, rotate it"
                    .formatted(description.id());
        }

        @Override
        public String toString() {
            return "NewToken " + description.id();
        }
    }

    public record Rotation(
            @Schema(description = "For so long both work", defaultValue = "24h") @Nullable
            String overlap) {}

    @GET
    @Operation(operationId = "listTokens", summary = "Lists the tokens of a service account, oldest first")
    public Uni<CursorPage<Token>> list(
            @RestPath String name,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context HttpServerRequest request) {
        return in(name, request)
                .chain(in -> tokens.list(in, Cursor.decode(cursor), limit + 1))
                .map(found -> CursorPage.of(found, limit, Token::id));
    }

    @POST
    @Operation(
            operationId = "createToken",
            summary = "Makes a token",
            description = "It is shown this once. It never may do more than its account")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = NewToken.class)))
    public Uni<Response> make(
            @RestPath String name, @NotNull @Valid TokenRequest asked, @Context HttpServerRequest request) {
        var scope = asked.scope();
        var lifetime = asked.lifetime(config, clock.instant());
        return in(name, request)
                .chain(in -> tokens.make(in, asked.description(), scope, lifetime))
                .map(TokensResource::shown);
    }

    @POST
    @Path("/{id}/rotations")
    @Operation(
            operationId = "rotateToken",
            summary = "Makes a token in another's place",
            description = "It reaches as far and lives as long; both work during the overlap")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = NewToken.class)))
    @APIResponse(responseCode = "409", description = "It has expired")
    public Uni<Response> rotate(
            @RestPath String name,
            @RestPath String id,
            @NotNull @Valid Rotation asked,
            @Context HttpServerRequest request) {
        var given = asked.overlap();
        var overlap = given == null ? config.overlap() : TokenRequest.parse("/overlap", () -> Lifetime.parse(given));
        TokenRequest.check(
                overlap.toDays() <= LONGEST_OVERLAP_DAYS,
                "/overlap",
                "is longer than %d days".formatted(LONGEST_OVERLAP_DAYS));
        return in(name, request).chain(in -> tokens.rotate(in, id, overlap)).map(TokensResource::shown);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeToken", summary = "Revokes a token")
    @APIResponse(responseCode = "204", description = "It is no longer one")
    @APIResponse(responseCode = "404", description = "There is none of this id")
    public Uni<Void> revoke(@RestPath String name, @RestPath String id, @Context HttpServerRequest request) {
        return in(name, request).chain(in -> tokens.revoke(in, id));
    }

    private Uni<In> in(String account, HttpServerRequest request) {
        var administered = new Administered(access.get());
        return current.actor(request).map(by -> new In(account, by, administered));
    }

    private static Response shown(Made made) {
        return Response.status(201)
                .header("Cache-Control", "no-store")
                .entity(new NewToken(made.secret().value(), made.token()))
                .build();
    }
}
