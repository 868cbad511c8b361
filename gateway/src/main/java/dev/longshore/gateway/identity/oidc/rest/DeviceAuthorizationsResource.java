package dev.longshore.gateway.identity.oidc.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longshore.gateway.identity.oidc.DeviceLogin;
import dev.longshore.gateway.identity.oidc.DeviceLogin.Start;
import dev.longshore.gateway.identity.oidc.rest.LoginResource.Token;
import dev.longshore.gateway.session.Sessions.Opened;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in elsewhere, with a terminal. */
@Path("/api/v1/device-authorizations")
@Tag(name = "Signing in")
class DeviceAuthorizationsResource {

    private final DeviceLogin login;

    DeviceAuthorizationsResource(DeviceLogin login) {
        this.login = login;
    }

    /**
     * What to show to whoever sits there.
     *
     * @param deviceCode for the terminal alone: whoever has it gets the session
     * @param interval seconds between two questions
     */
    public record Authorization(
            String deviceCode,
            String userCode,
            String verificationUri,
            @Nullable String verificationUriComplete,
            Instant expiresAt,
            int interval) {

        static Authorization of(Start start) {
            return new Authorization(
                    start.kept(),
                    start.userCode(),
                    start.uri(),
                    start.completeUri().orElse(null),
                    start.expiresAt(),
                    start.interval());
        }

        @Override
        public String toString() {
            return "Authorization until " + expiresAt;
        }
    }

    public record Poll(
            @NotNull @Size(min = 1, max = 8192) @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
            String deviceCode) {

        @Override
        public String toString() {
            return "Poll";
        }
    }

    /** Nobody has typed the code yet. */
    public record Pending(String state) {}

    @POST
    @SecurityRequirements
    @Operation(
            operationId = "beginDeviceLogin",
            summary = "Begins a sign-in with a terminal",
            description = "Show `verificationUri` and `userCode`, and ask every `interval` seconds for the session")
    @APIResponse(
            responseCode = "201",
            description = "Begun",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Authorization.class)))
    @APIResponse(responseCode = "404", description = "No provider is configured")
    public Uni<Response> begin() {
        return login.begin()
                .map(start -> Response.status(201)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .entity(Authorization.of(start))
                        .build());
    }

    @POST
    @Path("/sessions")
    @SecurityRequirements
    @Operation(operationId = "endDeviceLogin", summary = "Asks whether the code was typed")
    @APIResponse(
            responseCode = "201",
            description = "Signed in",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Token.class)))
    @APIResponse(
            responseCode = "202",
            description = "Not yet",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Pending.class)))
    @APIResponse(responseCode = "401", description = "The code is over: begin again")
    @APIResponse(responseCode = "429", description = "Asked too often")
    public Uni<Response> poll(@NotNull @Valid Poll poll, @Context HttpServerRequest request) {
        return login.poll(poll.deviceCode(), request.remoteAddress().hostAddress())
                .map(opened -> opened.map(DeviceAuthorizationsResource::signedIn)
                        .orElseGet(
                                () -> Response.accepted(new Pending("pending")).build()));
    }

    private static Response signedIn(Opened opened) {
        return Response.status(201)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new Token(opened.token().value(), opened.session().expiresAt()))
                .build();
    }
}
