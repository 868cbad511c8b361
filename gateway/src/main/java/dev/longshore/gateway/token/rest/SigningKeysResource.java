package dev.longshore.gateway.token.rest;

import dev.longshore.gateway.token.SigningKeys;
import dev.longshore.gateway.token.SigningKeys.Shown;
import dev.longshore.kit.http.CursorPage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The keys of internal tokens, without their secret halves. */
@Path("/api/v1/signing-keys")
public class SigningKeysResource {

    private final SigningKeys keys;

    SigningKeysResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @Operation(summary = "The keys that sign tokens for the services, oldest first")
    public CursorPage<Shown> list() {
        return new CursorPage<>(keys.list(), null);
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Makes a new key, before its time",
            description = "It signs from `signsFrom`; the old one ends behind that")
    @APIResponse(responseCode = "201", description = "Made and published")
    public Uni<Shown> rotate() {
        return keys.rotate();
    }
}
