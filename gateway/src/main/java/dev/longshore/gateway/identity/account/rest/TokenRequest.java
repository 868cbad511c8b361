package dev.longshore.gateway.identity.account.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.account.TokensConfig;
import dev.longshore.gateway.identity.account.domain.Scope;
import dev.longshore.gateway.identity.domain.Lifetime;
import dev.longshore.gateway.identity.domain.RolesByProject;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is wanted of a new token. What is left out is as its account has it. */
public record TokenRequest(
        @Size(max = 500) @Nullable String description,

        @Schema(description = "It reaches no further than these") @Size(min = 1, max = 100) @Nullable
        List<String> projects,

        @Schema(description = "It has none but these, and only where its account has them")
        @Size(min = 1, max = 5)
        @Nullable
        List<String> roles,

        @Schema(description = "Globs of paths that it is for", examples = "[\"/api/v1/scans\", \"/api/v1/scans/**\"]")
        @Size(min = 1, max = 50)
        @Nullable
        List<@Size(max = 500) String> paths,

        @Schema(description = "Or `lifetime`, not both") @Nullable
        Instant expiresAt,

        @Schema(description = "From now on: 90d, 24h", defaultValue = "90d") @Nullable
        String lifetime) {

    Scope scope() {
        for (var project : orEmpty(projects)) {
            check(RolesByProject.isProject(project), "/projects", "names what is no project");
        }
        for (var role : orEmpty(roles)) {
            parse("/roles", () -> RolesByProject.role(role));
        }
        for (var path : orEmpty(paths)) {
            check(
                    path != null && path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 0x7f),
                    "/paths",
                    "names what is no path: each begins with a slash");
        }
        return new Scope(orEmpty(projects), orEmpty(roles), orEmpty(paths));
    }

    Duration lifetime(TokensConfig config, Instant now) {
        check(
                expiresAt == null || lifetime == null,
                "/lifetime",
                "is given beside expiresAt: only one of them can hold");
        var asked = expiresAt == null
                ? lifetime == null ? config.lifetime() : parse("/lifetime", () -> Lifetime.parse(lifetime))
                : Duration.between(now, expiresAt);
        var field = expiresAt == null ? "/lifetime" : "/expiresAt";
        check(asked.isPositive(), field, "is over already");
        check(
                asked.compareTo(config.longest()) <= 0,
                field,
                "is longer than the %d days that a token may have"
                        .formatted(config.longest().toDays()));
        return asked;
    }

    static <T> T parse(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException wrong) {
            throw invalid(field, String.valueOf(wrong.getMessage()));
        }
    }

    static void check(boolean isGood, String field, String otherwise) {
        if (!isGood) {
            throw invalid(field, otherwise);
        }
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(
                ErrorCode.INVALID_REQUEST, field + " " + detail, List.of(new FieldError(field, detail)));
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
