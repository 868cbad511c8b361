package dev.longshore.scan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.scan.domain.Severity;
import dev.longshore.scan.postgres.KnownImage;
import dev.longshore.scan.postgres.ScanState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of the scans of one image.
 *
 * @param state {@code queued}, {@code succeeded} or {@code failed}
 * @param failure of the last attempt, if that failed; older findings stand meanwhile
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ScanView(
        String reference,
        String digest,
        String platform,
        String state,
        @Nullable String execution,
        @Nullable String scanner,
        @Nullable String scannerVersion,
        @Nullable Instant databaseUpdatedAt,
        @Nullable Instant scannedAt,
        @Nullable Map<String, Integer> findings,
        @Nullable Failure failure) {

    record Failure(String code, String reason, @Nullable Instant at) {}

    static ScanView from(KnownImage image, ScanState scan, Map<Severity, Integer> counts) {
        var code = scan.failureCode();
        return new ScanView(
                image.image().key(),
                scan.digest(),
                image.platform(),
                scan.state(),
                scan.execution(),
                scan.scanner(),
                scan.scannerVersion(),
                scan.databaseUpdatedAt(),
                scan.scannedAt(),
                scan.scannedAt() == null ? null : all(counts),
                code == null ? null : new Failure(code, String.valueOf(scan.failureReason()), scan.failedAt()));
    }

    private static Map<String, Integer> all(Map<Severity, Integer> counts) {
        var all = new LinkedHashMap<String, Integer>();
        for (var severity : Severity.values()) {
            all.put(severity.text(), counts.getOrDefault(severity, 0));
        }
        return all;
    }
}
