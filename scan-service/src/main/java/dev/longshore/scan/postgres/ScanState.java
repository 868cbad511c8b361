package dev.longshore.scan.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the scans of a digest: of the last that succeeded, and of the last attempt if that failed.
 *
 * @param scannedAt null if none succeeded yet
 * @param failureCode null if the last attempt succeeded, or none was made
 */
public record ScanState(
        String digest,
        @Nullable String execution,
        @Nullable String scanner,
        @Nullable String scannerVersion,
        @Nullable Instant databaseUpdatedAt,
        @Nullable Instant scannedAt,
        @Nullable String failureCode,
        @Nullable String failureReason,
        @Nullable Instant failedAt,
        Instant requestedAt) {

    /** {@code queued}, {@code succeeded} or {@code failed}: what the findings and decisions rest on. */
    public String state() {
        if (scannedAt != null) {
            return "succeeded";
        }
        return failureCode == null ? "queued" : "failed";
    }
}
