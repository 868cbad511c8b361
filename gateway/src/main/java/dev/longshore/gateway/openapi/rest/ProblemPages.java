package dev.longshore.gateway.openapi.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /docs/problems/{code}}: what a problem's {@code type} names (RFC 9457 section 3.1.1), the pages of docs/problems. */
@Path("/docs/problems")
public class ProblemPages {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z-]{0,63}");

    @GET
    @Blocking
    @Path("{code}")
    @Produces("text/plain;charset=UTF-8")
    @Operation(hidden = true)
    public String page(String code) {
        if (!CODE.matcher(code).matches()) {
            throw unknown();
        }
        try (var page = ProblemPages.class.getResourceAsStream("/problems/" + code + ".md")) {
            if (page == null) {
                throw unknown();
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no problem of this code");
    }
}
