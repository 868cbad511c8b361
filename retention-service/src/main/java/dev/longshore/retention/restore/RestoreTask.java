package dev.longshore.retention.restore;

import dev.longshore.oci.ImageReference;

/** What a {@code restore} task is to do: put back what was deleted under this reference. */
record RestoreTask(ImageReference reference, String requestedBy) {

    static final String KIND = "restore";
}
