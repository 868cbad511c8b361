package dev.longshore.retention.apply;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.retention.domain.Deletion;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlannedDeletion;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;

/**
 * One deletion under way.
 *
 * @param client asks the lease and the freezes before each change
 * @param isRecorded a delete was, or may have been, asked for by an earlier attempt
 */
record Retirement(
        ClaimedTask task,
        Lease lease,
        String appliedBy,
        Plan plan,
        PlannedDeletion planned,
        RegistryConfigured registry,
        RegistryClient client,
        boolean isRecorded) {

    Deletion deletion() {
        return planned.deletion();
    }
}
