package dev.longshore.config.domain;

import static dev.longshore.config.domain.Severity.CRITICAL;
import static dev.longshore.config.domain.Severity.HIGH;
import static dev.longshore.config.domain.Severity.LOW;
import static dev.longshore.config.domain.Severity.MEDIUM;
import static dev.longshore.config.domain.Severity.UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.input.Check;
import dev.longshore.config.domain.input.Choices;
import dev.longshore.config.domain.input.Fields;
import dev.longshore.config.domain.input.Globs;
import dev.longshore.config.domain.input.Input;
import dev.longshore.events.ConfigEvent.OnUnknown;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.ConfigEvent.Scope;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.ErrorCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which images are scanned, and what findings mean for them. */
public record ScanPolicySpec(
        String project,
        Scope scope,
        Map<Severity, Action> actions,
        boolean onlyFixable,
        Duration gracePeriod,
        List<String> scanners,
        boolean onPush,
        boolean onPull,
        @Nullable Duration rescanEvery,
        OnUnknown onUnknown)
        implements Spec {

    private static final Map<Severity, Action> DEFAULT_ACTIONS = Map.of(
            CRITICAL, Action.BLOCK, HIGH, Action.WARN, MEDIUM, Action.ALLOW, LOW, Action.ALLOW, UNKNOWN, Action.ALLOW);
    private static final Duration LONGEST_GRACE = Duration.ofDays(3650);
    private static final Duration MOST_OFTEN_RESCANNED = Duration.ofMinutes(1);
    private static final Duration RESCANNED = Duration.ofHours(24);
    private static final Check SCANNER = Check.matching(Pattern.compile("trivy"), "a scanner; known is trivy");

    public static ScanPolicySpec parse(String name, JsonNode body) {
        return Input.parse(name, body, ScanPolicySpec::read);
    }

    public ScanPolicyConfigured event(String name, long version) {
        var bySeverity = actions.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
        return new ScanPolicyConfigured(
                project,
                name,
                version,
                scope,
                bySeverity,
                onlyFixable,
                gracePeriod,
                scanners,
                onPush,
                onPull,
                rescanEvery,
                onUnknown);
    }

    private static ScanPolicySpec read(Fields fields) {
        var scanners = fields.texts("scanners", List.of("trivy"), SCANNER);
        return new ScanPolicySpec(
                fields.text("project", ResourceNames.named()).orElse(ResourceNames.DEFAULT_PROJECT),
                fields.object("scope", ScanPolicySpec::scope),
                fields.object("actions", ScanPolicySpec::actions),
                fields.flag("onlyFixable", false),
                fields.duration("gracePeriod", Duration.ZERO, LONGEST_GRACE).orElse(Duration.ZERO),
                scanners.isEmpty() ? List.of("trivy") : scanners,
                fields.flag("onPush", true),
                fields.flag("onPull", false),
                rescanEvery(fields),
                fields.object("onUnknown", ScanPolicySpec::onUnknown));
    }

    private static Scope scope(Fields fields) {
        return new Scope(
                fields.texts("registries", List.of("*"), Globs::registry),
                fields.texts("repositories", List.of("**"), Globs::repository),
                fields.texts("tags", List.of("**"), Globs::tag));
    }

    private static Map<Severity, Action> actions(Fields fields) {
        var actions = new EnumMap<Severity, Action>(DEFAULT_ACTIONS);
        for (var given : fields.names()) {
            var severity = Choices.find(Severity.class, given);
            if (severity.isPresent()) {
                fields.choice(given, "action", Action.class).ifPresent(action -> actions.put(severity.get(), action));
            } else {
                fields.refuse(given, ErrorCode.UNKNOWN_FIELD, Choices.unknown(Severity.class, "severity", given));
            }
        }
        return actions;
    }

    /** Null is an answer here: never by itself. */
    private static @Nullable Duration rescanEvery(Fields fields) {
        var given = fields.duration("rescanEvery", MOST_OFTEN_RESCANNED, LONGEST_GRACE);
        return fields.isNull("rescanEvery") ? null : given.orElse(RESCANNED);
    }

    private static OnUnknown onUnknown(Fields fields) {
        return new OnUnknown(
                action(fields, "unscanned").orElse(Action.WARN),
                action(fields, "failed").orElse(Action.WARN),
                action(fields, "stale").orElse(Action.WARN),
                action(fields, "notApplicable").orElse(Action.ALLOW));
    }

    private static Optional<Action> action(Fields fields, String name) {
        return fields.choice(name, "action", Action.class);
    }
}
