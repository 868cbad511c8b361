package dev.longshore.scan.domain;

import dev.longshore.events.ConfigEvent.Scope;
import dev.longshore.events.Glob;
import java.util.List;

/** Which images a policy is for. */
record ScopeOfPolicy(List<Glob> registries, List<Glob> repositories, List<Glob> tags) {

    static ScopeOfPolicy from(Scope scope) {
        return new ScopeOfPolicy(globs(scope.registries()), globs(scope.repositories()), globs(scope.tags()));
    }

    /** A digest without a tag is in scope of policies for any tag only: nobody can say which of the others it would be. */
    boolean contains(Subject subject) {
        return matchesAny(registries, subject.image().registry())
                && matchesAny(repositories, subject.image().repository())
                && (tags.stream().anyMatch(Glob::matchesAnyTag)
                        || subject.tags().stream().anyMatch(tag -> matchesAny(tags, tag)));
    }

    private static boolean matchesAny(List<Glob> globs, String text) {
        return globs.stream().anyMatch(glob -> glob.matches(text));
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::parse).toList();
    }
}
