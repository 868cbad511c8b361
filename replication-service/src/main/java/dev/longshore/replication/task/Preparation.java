package dev.longshore.replication.task;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.Digest;
import java.time.Instant;
import java.util.Optional;

/** What is to become of a copy task, by what is known when its turn comes. */
sealed interface Preparation {

    /** There is nothing to do, or nothing yet: a later change brings it up again. */
    record Skip(String reason) implements Preparation {}

    /** It cannot be done, and nothing will bring it up again. */
    record Impossible(String code, String reason) implements Preparation {}

    /**
     * @param expected digest that the rule allows; empty for a copy on demand
     * @param targetProject to which the target's repository belongs
     * @param referrers whether they are copied too
     * @param complete whether the digest is remembered to be whole at the target
     * @param news whether a success is worth telling even if nothing had to be put
     * @param revived whether a change of the configuration brings the task up again
     */
    record Ready(
            RegistryConfigured source,
            RegistryConfigured target,
            String targetProject,
            Optional<Digest> expected,
            Optional<Instant> pushedAt,
            boolean referrers,
            boolean complete,
            boolean news,
            boolean revived)
            implements Preparation {}
}
