package dev.longshore.config.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.domain.input.Check;
import dev.longshore.config.domain.input.Fields;
import dev.longshore.config.domain.input.Globs;
import dev.longshore.config.domain.input.Input;
import dev.longshore.config.domain.input.Quoted;
import dev.longshore.config.domain.input.Schedules;
import dev.longshore.events.ConfigEvent.ReplicationRuleConfigured;
import dev.longshore.events.ConfigEvent.Source;
import dev.longshore.events.ConfigEvent.TagFilter;
import dev.longshore.events.ConfigEvent.Target;
import dev.longshore.events.ConfigEvent.Trigger;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is copied from one registry to another, when, and on which condition. */
public record ReplicationRuleSpec(
        String project,
        Source source,
        Target target,
        Trigger trigger,
        Required require,
        boolean referrers,
        Deletions deletions,
        boolean enabled)
        implements Spec {

    private static final String PLACEHOLDER = "{repository}";

    /** @param decision the least that must have been decided; null if no decision is asked for */
    public record Required(@Nullable Action decision) {}

    public record Deletions(boolean propagate, int maximum, int maximumPercent) {}

    public static ReplicationRuleSpec parse(String name, JsonNode body) {
        return Input.parse(name, body, ReplicationRuleSpec::read);
    }

    public ReplicationRuleConfigured event(String name, long version) {
        return new ReplicationRuleConfigured(
                project, name, version, source, target, trigger, require.decision(), referrers, enabled);
    }

    /** Whether it reads from, or writes to, this registry. */
    public boolean uses(String registry) {
        return source.registry().equals(registry) || target.registry().equals(registry);
    }

    private static ReplicationRuleSpec read(Fields fields) {
        var spec = new ReplicationRuleSpec(
                fields.text("project", ResourceNames.named()).orElse(ResourceNames.DEFAULT_PROJECT),
                fields.object("source", ReplicationRuleSpec::source),
                fields.object("target", ReplicationRuleSpec::target),
                fields.object("trigger", ReplicationRuleSpec::trigger),
                fields.object("require", ReplicationRuleSpec::require),
                fields.flag("referrers", true),
                fields.object("deletions", ReplicationRuleSpec::deletions),
                fields.flag("enabled", true));
        if (spec.feedsItself()) {
            fields.refuse(
                    "target",
                    ErrorCode.INVALID_REQUEST,
                    "The rule would copy its own copies: within one registry, no pattern of the source may match the target");
        }
        return spec;
    }

    private static Source source(Fields fields) {
        return new Source(
                fields.requiredText("registry", ResourceNames.named()),
                fields.texts("repositories", List.of("**"), Globs::repository),
                fields.object("tags", ReplicationRuleSpec::tags),
                fields.texts("platforms", List.of(), notYet("A choice of platforms")));
    }

    private static TagFilter tags(Fields fields) {
        return new TagFilter(
                fields.texts("include", List.of("**"), Globs::tag),
                fields.texts("exclude", List.of(), Globs::tag),
                fields.text("semver", notYet("A range of versions")).orElse(null));
    }

    /** Refused rather than ignored: a rule without it would copy what nobody asked for. */
    private static Check notYet(String what) {
        return _ -> Optional.of(what + " is not supported yet; leave it out, and everything is copied");
    }

    private static Target target(Fields fields) {
        return new Target(
                fields.requiredText("registry", ResourceNames.named()),
                fields.text("repository", ReplicationRuleSpec::templateProblem).orElse(PLACEHOLDER));
    }

    private static Trigger trigger(Fields fields) {
        return new Trigger(
                fields.flag("onPush", true),
                fields.text("schedule", Schedules::problem).orElse(null));
    }

    private static Required require(Fields fields) {
        return new Required(fields.choice("decision", "decision", Action.class)
                .filter(decision -> {
                    if (decision == Action.BLOCK) {
                        fields.refuse(
                                "decision",
                                ErrorCode.INVALID_REQUEST,
                                "A rule can require allow, or warn (which allow satisfies too); copying only what is blocked makes no sense");
                    }
                    return decision != Action.BLOCK;
                })
                .orElse(null));
    }

    private static Deletions deletions(Fields fields) {
        var propagate = fields.flag("propagate", false);
        if (propagate) {
            fields.refuse(
                    "propagate",
                    ErrorCode.INVALID_REQUEST,
                    "Deletions are not propagated yet; leave /deletions/propagate false");
        }
        return new Deletions(
                propagate, fields.number("maximum", 10, 0, 1_000_000), fields.number("maximumPercent", 5, 0, 100));
    }

    private static Optional<String> templateProblem(String template) {
        var sample = template.replace(PLACEHOLDER, "a");
        if (sample.contains("{") || sample.contains("}")) {
            return Optional.of("%s has a placeholder other than {repository}".formatted(Quoted.of(template)));
        }
        return Check.parsedBy(dev.longshore.oci.Names::repository).problem(sample);
    }

    private boolean feedsItself() {
        if (!source.registry().equals(target.registry())) {
            return false;
        }
        return source.repositories().stream()
                .anyMatch(pattern -> List.of(
                                "a", "a/b", pattern.replace("**", "a").replace("*", "a"))
                        .stream()
                        .map(repository -> target.repository().replace(PLACEHOLDER, repository))
                        .anyMatch(copy -> Globs.matches(pattern, copy)));
    }
}
