package dev.longshore.gateway.identity.oidc.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.OidcConfig;
import dev.longshore.gateway.identity.domain.SessionCookie;
import dev.longshore.gateway.identity.oidc.BrowserLogin;
import dev.longshore.gateway.identity.oidc.BrowserLogin.Ended;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Signing in elsewhere, with a browser. */
@Path("/login/oidc")
@Tag(name = "Signing in", description = "At the provider that is configured, by OpenID Connect.")
@Produces(MediaType.APPLICATION_JSON)
class LoginResource {

    private static final String KEPT = "__Host-longshore-login";

    private final BrowserLogin login;
    private final OidcConfig config;
    private final Clock clock = Clock.systemUTC();

    LoginResource(BrowserLogin login, OidcConfig config) {
        this.login = login;
        this.config = config;
    }

    /** For who asked for a token. */
    public record Token(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "Token until " + expiresAt;
        }
    }

    @GET
    @SecurityRequirements
    @Operation(
            operationId = "beginLogin",
            summary = "Sends the browser to the provider",
            description = "`answer=token`: in the end there is a token to copy, not a cookie")
    @APIResponse(responseCode = "303", description = "To the provider")
    @APIResponse(responseCode = "404", description = "No provider is configured")
    public Uni<Response> begin(@RestQuery Optional<String> answer) {
        return login.begin(answer.filter("token"::equals).isPresent())
                .map(start -> Response.seeOther(start.provider())
                        .header(HttpHeaders.SET_COOKIE, SessionCookie.with(KEPT, start.kept(), config.patience()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    @GET
    @Path("/callback")
    @SecurityRequirements
    @Operation(operationId = "endLogin", summary = "Where the provider sends the browser back to")
    @APIResponse(responseCode = "303", description = "Signed in: a cookie is the session")
    @APIResponse(responseCode = "200", description = "Signed in: a token is the session")
    @APIResponse(
            responseCode = "401",
            description = "Not the end of a sign-in that began here, or the provider said no")
    public Uni<Response> end(
            @RestQuery Optional<String> state, @RestQuery Optional<String> code, @Context HttpServerRequest request) {
        if (state.isEmpty() || code.isEmpty()) {
            throw new ProblemException(ErrorCode.UNAUTHENTICATED, "The provider did not sign you in");
        }
        var kept = Optional.ofNullable(request.getCookie(KEPT)).map(cookie -> cookie.getValue());
        return login.end(kept, state.get(), code.get(), request.remoteAddress().hostAddress())
                .map(this::answer);
    }

    private Response answer(Ended ended) {
        var opened = ended.opened();
        var expiresAt = opened.session().expiresAt();
        var token = opened.token().value();
        var response = ended.wantsToken()
                ? Response.ok(new Token(token, expiresAt))
                : Response.seeOther(URI.create("/"))
                        .header(
                                HttpHeaders.SET_COOKIE,
                                SessionCookie.of(token, Duration.between(clock.instant(), expiresAt)));
        return response.header(HttpHeaders.SET_COOKIE, SessionCookie.gone(KEPT))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
