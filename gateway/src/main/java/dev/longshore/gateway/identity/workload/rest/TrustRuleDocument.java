package dev.longshore.gateway.identity.workload.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.RolesByProject;
import dev.longshore.gateway.identity.workload.domain.TrustRule;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which workloads are to be believed. */
public record TrustRuleDocument(
        @Schema(examples = "https://token.actions.githubusercontent.com") @NotNull @Size(min = 1, max = 500)
        String issuer,

        @Schema(description = "Whom the token has to be for", examples = "https://longshore.example.com")
        @NotNull
        @Size(min = 1, max = 500)
        String audience,

        @Schema(
                description =
                        "Globs by claim, all of which have to match; a name that begins with a slash leads into objects",
                examples = "{\"sub\": \"repo:corp/shop:ref:refs/heads/main\"}")
        @NotEmpty
        @Size(max = 20)
        Map<
                        @Size(min = 1, max = 200) @Pattern(regexp = "[^\\p{Cntrl}]+") String,
                        @NotNull @Size(min = 1, max = 500) @Pattern(regexp = "[^\\p{Cntrl}]+") String>
                claims,

        @Schema(description = "Where it may do something; * is the whole installation", defaultValue = "default")
        @Pattern(regexp = "\\*|[a-z0-9][a-z0-9-]{0,62}", message = "is no name of a project")
        @Nullable
        String project,

        @NotEmpty @Size(max = 5) List<String> roles,

        @Schema(description = "What the audit trail calls it by", defaultValue = "sub")
        @Size(min = 1, max = 200)
        @Pattern(regexp = "[^\\p{Cntrl}]+")
        @Nullable
        String subjectClaim) {

    TrustRule rule(String name, boolean mayBePrivate) {
        checkIssuer(mayBePrivate);
        if (!TrustRule.saySomething(claims.values())) {
            throw invalid("/claims", "match everybody at the issuer: name at least one of them more closely");
        }
        return new TrustRule(
                name,
                project == null ? Identity.PROJECT : project,
                issuer,
                audience,
                claims,
                roles.stream().distinct().map(TrustRuleDocument::role).toList(),
                subjectClaim == null ? "sub" : subjectClaim);
    }

    URI issuerUri() {
        try {
            return new URI(issuer);
        } catch (URISyntaxException _) {
            throw invalid("/issuer", "is no URL");
        }
    }

    private void checkIssuer(boolean mayBePrivate) {
        var uri = issuerUri();
        var isTls = "https".equals(uri.getScheme());
        if (uri.getHost() == null
                || !isTls && !(mayBePrivate && "http".equals(uri.getScheme()))
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            throw invalid("/issuer", "is no https URL without query, fragment and user");
        }
    }

    private static Role role(String name) {
        try {
            return RolesByProject.role(name);
        } catch (IllegalArgumentException wrong) {
            throw invalid("/roles", String.valueOf(wrong.getMessage()));
        }
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(
                ErrorCode.INVALID_REQUEST, field + " " + detail, List.of(new FieldError(field, detail)));
    }
}
