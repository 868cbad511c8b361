package dev.longshore.gateway.token.rest;

import dev.longshore.gateway.token.SigningKeys;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where services on other machines look for the keys. */
@Path("/.well-known/jwks.json")
public class JwksResource {

    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @Produces("application/json")
    @Operation(hidden = true)
    public String keys() {
        return keys.publicSet();
    }
}
