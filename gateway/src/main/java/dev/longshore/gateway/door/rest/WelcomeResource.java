package dev.longshore.gateway.door.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;

/** Tells who knocks without an address where to go. */
@Path("/")
public class WelcomeResource {

    /** What is here. */
    public record Welcome(String name, Map<String, String> links) {}

    @GET
    @Operation(summary = "Where to go from here")
    @SecurityRequirements
    public Welcome welcome() {
        return new Welcome(
                "Longshore",
                Map.of("api", "/openapi", "docs", "/docs", "signIn", "/api/v1/sessions", "health", "/q/health"));
    }
}
