package dev.longshore.push.checkpoint.task;

import org.jspecify.annotations.Nullable;

/**
 * What a task is to push.
 *
 * @param isUpload whether the file lies in the spool, and is deleted in the end; else in the folder that the operator allows
 * @param repository and tag; if not given they come from the archive
 * @param callerAddress and callerToken are for the audit entry
 */
public record PushRequest(
        String registry,
        @Nullable String repository,
        @Nullable String tag,
        boolean isUpload,
        String file,
        String requestedBy,
        @Nullable String callerAddress,
        @Nullable String callerToken) {

    static final String KIND = "push-checkpoint";
}
