package dev.longshore.scan.postgres;

import dev.longshore.scan.domain.Finding;
import dev.longshore.scan.domain.Severity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A finding; written by SQL, all of a digest at once. */
@Entity
@Immutable
@Table(name = "finding")
class FindingRow {

    @Id
    long id;

    String digest;
    short severity;
    String vulnerability;

    @Column(name = "package_name")
    String packageName;

    @Column(name = "installed_version")
    String installedVersion;

    @Column(name = "fixed_version")
    @Nullable
    String fixedVersion;

    String status;
    String path;

    @Column(name = "published_at")
    @Nullable
    Instant publishedAt;

    String title;
    String url;

    @SuppressWarnings("NullAway.Init")
    protected FindingRow() {}

    Finding finding() {
        return new Finding(
                vulnerability,
                Severity.values()[severity],
                packageName,
                installedVersion,
                fixedVersion,
                status,
                path,
                publishedAt,
                title,
                url);
    }
}
