package dev.longshore.config.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.ProjectSpec;
import dev.longshore.config.postgres.Desired;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Parts of the installation with people of their own. */
@Path("/api/v1/projects")
@Tag(name = "Projects", description = "Parts of the installation with people of their own.")
class ProjectsResource extends KindResource {

    ProjectsResource(Documents documents) {
        super(Kind.PROJECT, documents);
    }

    @Override
    Uni<Desired> desired(String name, JsonNode given) {
        return Uni.createFrom().item(Desired.of(Kind.PROJECT, name, ProjectSpec.parse(name, given)));
    }
}
