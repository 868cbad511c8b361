package dev.longshore.config.domain;

import java.time.Instant;

/**
 * What somebody wants: valid, complete with defaults, without secrets. As JSON it has the shape that it is given in, so
 * that what is stored can be parsed again.
 */
public sealed interface Spec
        permits RegistrySpec,
                ScanPolicySpec,
                ExemptionSpec,
                ReplicationRuleSpec,
                RetentionPolicySpec,
                FreezeSpec,
                ProjectSpec {

    String project();

    /**
     * Refuses what is only wrong when it is new: an exemption may expire, but not be made expired.
     *
     * @throws dev.longshore.config.domain.input.InvalidSpecException if so
     */
    default void checkWhenNew(Instant now) {}
}
