package dev.longshore.gateway.openapi.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.gateway.openapi.SuiteDocument;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /openapi}: JSON unless YAML is asked for, by {@code ?format=yaml} or by {@code Accept}. */
@Path("/openapi")
public class OpenApiResource {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final SuiteDocument suite;

    OpenApiResource(SuiteDocument suite) {
        this.suite = suite;
    }

    @GET
    @Operation(hidden = true)
    public Uni<Response> document(
            @RestQuery @DefaultValue("") String format, @HeaderParam("Accept") @DefaultValue("") String accept) {
        var isYaml = format.equalsIgnoreCase("yaml") || (format.isEmpty() && accept.contains("yaml"));
        return suite.current().map(document -> isYaml ? yaml(document) : json(document));
    }

    private static Response json(ObjectNode document) {
        return Response.ok(document.toString(), "application/json").build();
    }

    private static Response yaml(ObjectNode document) {
        try {
            return Response.ok(YAML.writeValueAsString(document), "application/yaml")
                    .build();
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write the API document", failure);
        }
    }
}
