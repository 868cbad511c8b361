package dev.longshore.config.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.input.Choices;
import dev.longshore.config.domain.input.Fields;
import dev.longshore.config.domain.input.Globs;
import dev.longshore.config.domain.input.Input;
import dev.longshore.config.domain.input.Schedules;
import dev.longshore.events.ConfigEvent.Keep;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.RetentionRule;
import dev.longshore.events.ConfigEvent.RetentionScope;
import dev.longshore.events.ConfigEvent.Untagged;
import dev.longshore.events.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which images stay; because it deletes, nothing of its scope goes without saying. */
public record RetentionPolicySpec(
        String project,
        RetentionScope scope,
        List<RetentionRule> rules,
        Untagged untagged,
        List<String> protect,
        int minimumKept,
        @Nullable String schedule,
        String mode,
        boolean enabled,
        boolean keepNothing)
        implements Spec {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final int MOST = 1_000_000;
    private static final int MOST_RULES = 100;
    private static final List<String> WAYS = List.of(
            "lastPushed", "lastPulled", "lastSemver", "pushedWithin", "pulledWithin", "createdWithin", "always");

    private enum Mode {
        PLAN_ONLY,
        APPLY
    }

    public static RetentionPolicySpec parse(String name, JsonNode body) {
        return Input.parse(name, body, RetentionPolicySpec::read);
    }

    public RetentionPolicyConfigured event(String name, long version) {
        return new RetentionPolicyConfigured(
                project,
                name,
                version,
                scope,
                rules,
                untagged,
                protect,
                minimumKept,
                schedule,
                mode,
                enabled,
                keepNothing);
    }

    private static RetentionPolicySpec read(Fields fields) {
        var spec = new RetentionPolicySpec(
                fields.text("project", ResourceNames.named()).orElse(ResourceNames.DEFAULT_PROJECT),
                fields.object("scope", RetentionPolicySpec::scope),
                fields.objects("rules", MOST_RULES, RetentionPolicySpec::rule),
                fields.object("untagged", RetentionPolicySpec::untagged),
                fields.texts("protect", List.of(), Globs::tag),
                fields.number("minimumKept", 1, 0, MOST),
                fields.text("schedule", Schedules::problem).orElse(null),
                Choices.text(fields.choice("mode", "mode", Mode.class).orElse(Mode.PLAN_ONLY)),
                fields.flag("enabled", true),
                fields.flag("keepNothing", false));
        if (spec.rules.isEmpty() && !spec.keepNothing) {
            fields.refuse(
                    "rules",
                    ErrorCode.POLICY_KEEPS_NOTHING,
                    "Without a rule nothing is kept but what is protected and the minimum; if that is meant, say \"keepNothing\": true");
        }
        if (!spec.rules.isEmpty() && spec.keepNothing) {
            fields.refuse(
                    "keepNothing",
                    ErrorCode.INVALID_REQUEST,
                    "There are rules, so something is kept; leave /keepNothing false");
        }
        return spec;
    }

    private static RetentionScope scope(Fields fields) {
        return new RetentionScope(
                fields.requiredTexts("registries", Globs::registry),
                fields.requiredTexts("repositories", Globs::repository));
    }

    private static RetentionRule rule(Fields fields) {
        fields.require("keep");
        return new RetentionRule(
                fields.requiredTexts("tags", Globs::tag), fields.object("keep", RetentionPolicySpec::keep));
    }

    private static Keep keep(Fields fields) {
        var given = WAYS.stream()
                .filter(way -> fields.isGiven(way) && !fields.isNull(way))
                .toList();
        if (given.size() > 1) {
            fields.refuse(
                    given.getLast(),
                    ErrorCode.INVALID_REQUEST,
                    "A rule keeps in one way, and this one has %s; an image stays if any rule keeps it, so make a rule of each"
                            .formatted(String.join(", ", given)));
        }
        if (given.isEmpty() && fields.names().stream().allMatch(WAYS::contains)) {
            fields.refuse(
                    WAYS.getFirst(),
                    ErrorCode.INVALID_REQUEST,
                    "The rule does not say what it keeps: one of %s".formatted(String.join(", ", WAYS)));
        }
        return new Keep(
                count(fields, "lastPushed"),
                count(fields, "lastPulled"),
                count(fields, "lastSemver"),
                time(fields, "pushedWithin"),
                time(fields, "pulledWithin"),
                time(fields, "createdWithin"),
                always(fields));
    }

    private static @Nullable Integer count(Fields fields, String name) {
        var count = fields.wholeNumber(name, 1, MOST);
        return count.isPresent() ? (int) count.getAsLong() : null;
    }

    private static @Nullable Duration time(Fields fields, String name) {
        return fields.duration(name, SHORTEST, LONGEST).orElse(null);
    }

    private static @Nullable Boolean always(Fields fields) {
        if (!fields.isGiven("always") || fields.isNull("always")) {
            return null;
        }
        if (!fields.flag("always", true)) {
            fields.refuse("always", ErrorCode.INVALID_REQUEST, "A rule that keeps never is none; leave it out");
        }
        return true;
    }

    private static Untagged untagged(Fields fields) {
        return new Untagged(time(fields, "deleteAfter"));
    }
}
