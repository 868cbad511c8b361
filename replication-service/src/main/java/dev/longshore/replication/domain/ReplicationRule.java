package dev.longshore.replication.domain;

import dev.longshore.events.ConfigEvent.ReplicationRuleConfigured;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.Glob;
import dev.longshore.oci.InvalidReferenceException;
import dev.longshore.oci.Names;
import java.util.List;
import java.util.Optional;

/** What is copied from where to where, and under which condition. */
public final class ReplicationRule {

    /** What stands for the source's repository in a target. */
    public static final String REPOSITORY = "{repository}";

    private final ReplicationRuleConfigured configured;
    private final List<Glob> repositories;
    private final List<Glob> included;
    private final List<Glob> excluded;

    private ReplicationRule(ReplicationRuleConfigured configured) {
        this.configured = configured;
        this.repositories = globs(configured.source().repositories());
        this.included = globs(configured.source().tags().include());
        this.excluded = globs(configured.source().tags().exclude());
    }

    public static ReplicationRule from(ReplicationRuleConfigured configured) {
        return new ReplicationRule(configured);
    }

    public String name() {
        return configured.name();
    }

    public String project() {
        return configured.project();
    }

    public String sourceRegistry() {
        return configured.source().registry();
    }

    public String targetRegistry() {
        return configured.target().registry();
    }

    /** The target repository with {@code {repository}} standing for the source's. */
    public String targetTemplate() {
        return configured.target().repository();
    }

    public boolean isEnabled() {
        return configured.enabled();
    }

    public boolean copiesOnPush() {
        return configured.enabled() && configured.trigger().onPush();
    }

    public boolean copiesReferrers() {
        return configured.referrers();
    }

    public Optional<String> schedule() {
        return Optional.ofNullable(configured.trigger().schedule()).filter(schedule -> !schedule.isBlank());
    }

    /** The laxest decision under which an image is copied; empty if every image is. */
    public Optional<Action> requiredDecision() {
        return Optional.ofNullable(configured.requiredDecision());
    }

    /** What the rule asks for and this version cannot do. Copying without it would copy what nobody asked for. */
    public Optional<String> unsupported() {
        if (configured.source().tags().semver() != null) {
            return Optional.of("the rule selects by semver, which is not supported yet");
        }
        return configured.source().platforms().isEmpty()
                ? Optional.empty()
                : Optional.of("the rule selects platforms, which is not supported yet");
    }

    /** Whether the rule speaks of this tag. An empty list of includes means all tags. */
    public boolean selects(String registry, String repository, String tag) {
        return selects(registry, repository)
                && !FallbackTag.is(tag)
                && (included.isEmpty() || matchesAny(included, tag))
                && !matchesAny(excluded, tag);
    }

    public boolean selects(String registry, String repository) {
        return sourceRegistry().equals(registry) && matchesAny(repositories, repository);
    }

    /** What all repositories that the rule selects begin with. */
    public String repositoryPrefix() {
        return repositories.stream()
                .map(Glob::literalPrefix)
                .reduce(ReplicationRule::common)
                .orElse("");
    }

    /**
     * Where the tag goes.
     *
     * @throws InvalidReferenceException if the template makes something that is no repository
     */
    public CopyTarget target(String repository, String tag) {
        var target = Names.repository(targetTemplate().replace(REPOSITORY, repository));
        return new CopyTarget(targetRegistry(), target, tag);
    }

    private static String common(String one, String other) {
        var length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    private static boolean matchesAny(List<Glob> globs, String text) {
        return globs.stream().anyMatch(glob -> glob.matches(text));
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::parse).toList();
    }

    @Override
    public String toString() {
        return "ReplicationRule[%s, version %d]".formatted(name(), configured.version());
    }
}
