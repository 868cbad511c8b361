package dev.longshore.replication.domain;

import dev.longshore.events.ConfigEvent.ReplicationRuleConfigured;
import dev.longshore.events.ConfigEvent.Source;
import dev.longshore.events.ConfigEvent.TagFilter;
import dev.longshore.events.ConfigEvent.Target;
import dev.longshore.events.ConfigEvent.Trigger;
import dev.longshore.events.DecisionEvent.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that copies left/shop/** to right/mirror/…, each component of which a test may change. */
public record TestRule(
        String source,
        List<String> repositories,
        TagFilter tags,
        List<String> platforms,
        String target,
        String template,
        @Nullable Action required,
        boolean referrers,
        boolean enabled) {

    public static TestRule make() {
        return new TestRule(
                "left",
                List.of("shop/**"),
                new TagFilter(List.of("**"), List.of(), null),
                List.of(),
                "right",
                "mirror/{repository}",
                Action.ALLOW,
                true,
                true);
    }

    public TestRule from(String registry, String... globs) {
        return new TestRule(registry, List.of(globs), tags, platforms, target, template, required, referrers, enabled);
    }

    public TestRule to(String registry, String repository) {
        return new TestRule(source, repositories, tags, platforms, registry, repository, required, referrers, enabled);
    }

    public TestRule tags(List<String> include, List<String> exclude, @Nullable String semver) {
        return new TestRule(
                source,
                repositories,
                new TagFilter(include, exclude, semver),
                platforms,
                target,
                template,
                required,
                referrers,
                enabled);
    }

    public TestRule platforms(String... only) {
        return new TestRule(source, repositories, tags, List.of(only), target, template, required, referrers, enabled);
    }

    public TestRule requiring(@Nullable Action action) {
        return new TestRule(source, repositories, tags, platforms, target, template, action, referrers, enabled);
    }

    public TestRule withoutReferrers() {
        return new TestRule(source, repositories, tags, platforms, target, template, required, false, enabled);
    }

    public TestRule disabled() {
        return new TestRule(source, repositories, tags, platforms, target, template, required, referrers, false);
    }

    public ReplicationRuleConfigured configured(String name, long version, boolean onPush, @Nullable String schedule) {
        return new ReplicationRuleConfigured(
                "default",
                name,
                version,
                new Source(source, repositories, tags, platforms),
                new Target(target, template),
                new Trigger(onPush, schedule),
                required,
                referrers,
                enabled);
    }

    ReplicationRule rule() {
        return ReplicationRule.from(configured("rule", 1, true, null));
    }
}
