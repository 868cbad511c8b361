package dev.longshore.scan.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of the scans of a digest. */
@Entity
@Table(name = "scan")
class ScanRow {

    @Id
    String digest;

    String project;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Nullable
    String execution;

    @Nullable
    String scanner;

    @Column(name = "scanner_version")
    @Nullable
    String scannerVersion;

    @Column(name = "database_updated_at")
    @Nullable
    Instant databaseUpdatedAt;

    @Column(name = "scanned_at")
    @Nullable
    Instant scannedAt;

    @Column(name = "failure_code")
    @Nullable
    String failureCode;

    @Column(name = "failure_reason")
    @Nullable
    String failureReason;

    @Column(name = "failed_at")
    @Nullable
    Instant failedAt;

    @SuppressWarnings("NullAway.Init")
    protected ScanRow() {}

    ScanState state() {
        return new ScanState(
                digest,
                execution,
                scanner,
                scannerVersion,
                databaseUpdatedAt,
                scannedAt,
                failureCode,
                failureReason,
                failedAt,
                requestedAt);
    }
}
