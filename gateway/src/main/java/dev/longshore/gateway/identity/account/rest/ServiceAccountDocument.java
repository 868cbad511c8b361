package dev.longshore.gateway.identity.account.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountRow.Content;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.RolesByProject;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is said of a service account. */
public record ServiceAccountDocument(
        @Schema(description = "Whose administrators it belongs to", defaultValue = "default")
        @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}", message = "is no name of a project")
        @Nullable
        String project,

        @Size(max = 500) @Nullable String description,

        @Schema(description = "By project; * is the whole installation", examples = "{\"shop\": [\"developer\"]}")
        @Size(max = 100)
        @Nullable
        Map<String, List<String>> roles,

        @Schema(defaultValue = "false") @Nullable Boolean isDisabled) {

    Content content() {
        try {
            return new Content(
                    project == null ? Identity.PROJECT : project,
                    description,
                    RolesByProject.parse(roles == null ? Map.of() : roles),
                    Boolean.TRUE.equals(isDisabled));
        } catch (IllegalArgumentException wrong) {
            var detail = String.valueOf(wrong.getMessage());
            throw new ProblemException(ErrorCode.INVALID_REQUEST, detail, List.of(new FieldError("/roles", detail)));
        }
    }
}
