package dev.longshore.config.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.input.Check;
import dev.longshore.config.domain.input.Fields;
import dev.longshore.config.domain.input.Globs;
import dev.longshore.config.domain.input.Input;
import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.config.domain.input.Quoted;
import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Vulnerabilities that somebody answers for: in which images, why, who, and until when. */
public record ExemptionSpec(
        String project,
        List<String> vulnerabilities,
        List<String> packages,
        List<String> images,
        String reason,
        String owner,
        @Nullable Instant expiresAt)
        implements Spec {

    private static final int LONGEST_REASON = 2000;
    private static final int LONGEST_OWNER = 200;

    public static ExemptionSpec parse(String name, JsonNode body) {
        return Input.parse(name, body, ExemptionSpec::read);
    }

    public ExemptionConfigured event(String name, long version) {
        return new ExemptionConfigured(
                project, name, version, vulnerabilities, packages, images, reason, owner, expiresAt);
    }

    @Override
    public void checkWhenNew(Instant now) {
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new InvalidSpecException(
                    ErrorCode.INVALID_REQUEST, "/expiresAt", "/expiresAt %s is past".formatted(expiresAt));
        }
    }

    private static ExemptionSpec read(Fields fields) {
        return new ExemptionSpec(
                fields.text("project", ResourceNames.named()).orElse(ResourceNames.DEFAULT_PROJECT),
                fields.requiredTexts("vulnerabilities", Globs::vulnerability),
                fields.texts("packages", List.of("**"), Globs::packageName),
                fields.requiredTexts("images", Globs::image),
                fields.requiredText("reason", LONGEST_REASON, Check.none()),
                fields.requiredText("owner", LONGEST_OWNER, Check.none()),
                fields.text("expiresAt", ExemptionSpec::timeProblem)
                        .map(text -> OffsetDateTime.parse(text).toInstant())
                        .orElse(null));
    }

    private static Optional<String> timeProblem(String text) {
        try {
            OffsetDateTime.parse(text);
            return Optional.empty();
        } catch (DateTimeException _) {
            return Optional.of("%s is not a time such as 2027-01-31T00:00:00Z".formatted(Quoted.of(text)));
        }
    }
}
