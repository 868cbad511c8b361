package dev.longshore.replication.copy;

import dev.longshore.oci.client.RegistryClient;

/**
 * From which repository to which.
 *
 * @param targetRegistry the name under which the target is registered
 * @param target guarded by the task's lease and the freezes
 */
public record Route(
        RegistryClient source,
        String fromRepository,
        String targetRegistry,
        RegistryClient target,
        String toRepository) {}
