package dev.longshore.replication.domain;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.RepositoryOwners;
import dev.longshore.oci.Digest;
import java.util.Optional;
import java.util.Set;

/**
 * What the service knows of one tag under one rule.
 *
 * @param decision about the tag's present digest
 * @param referrers of that digest, its children and their referrers, as the inventory has them
 * @param owners whose the repositories at both ends are
 * @param copied what was last copied for this rule from this tag to its present target
 */
public record Known(
        TargetMode target, Owners owners, Optional<Action> decision, Set<Digest> referrers, Optional<Copied> copied) {

    public Known {
        referrers = Set.copyOf(referrers);
    }

    /** How the target registry may be treated. */
    public enum TargetMode {
        UNKNOWN,
        OBSERVE,
        ENFORCE
    }

    /** Whose the repositories of the registries at both ends are. */
    public record Owners(RepositoryOwners source, RepositoryOwners target) {

        /**
         * Whoever makes a rule may do that in its project, and in those of its registries: what other projects claim there
         * is not for the rule.
         */
        boolean reachSource(String ruleProject, String repository) {
            return reaches(ruleProject, source, repository);
        }

        boolean reachTarget(String ruleProject, String repository) {
            return reaches(ruleProject, target, repository);
        }

        private static boolean reaches(String ruleProject, RepositoryOwners owners, String repository) {
            var project = owners.projectOf(repository);
            return project.equals(ruleProject) || project.equals(owners.registryProject());
        }
    }

    public record Copied(Digest digest, Set<Digest> referrers) {
        public Copied {
            referrers = Set.copyOf(referrers);
        }
    }
}
