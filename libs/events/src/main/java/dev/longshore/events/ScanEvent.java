package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.longshore.oci.Digest;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of scans, keyed by digest: one scan holds for every repository that has the image. */
public sealed interface ScanEvent extends Event {

    Digest digest();

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.SCANS;
    }

    @Override
    @JsonIgnore
    default String key() {
        return digest().toString();
    }

    /**
     * The scanner looked at the whole image.
     *
     * @param findings how many per severity ({@code critical}, {@code high}, {@code medium}, {@code low}, {@code unknown})
     * @param href where the findings are, as a path of the API
     * @param databaseUpdatedAt when the vulnerability database was made
     */
    @EventType("dev.longshore.scan.completed.v1")
    record ScanCompleted(
            String project,
            String registry,
            String repository,
            Digest digest,
            String scanner,
            String scannerVersion,
            @Nullable Instant databaseUpdatedAt,
            Map<String, Integer> findings,
            String href,
            Instant scannedAt)
            implements ScanEvent {
        @Override
        public String subject() {
            return registry + "/" + repository + "@" + digest;
        }
    }

    /** The scan was given up; another is made when the image is asked for again. */
    @EventType("dev.longshore.scan.failed.v1")
    record ScanFailed(
            String project,
            String registry,
            String repository,
            Digest digest,
            String scanner,
            String code,
            String reason,
            Instant failedAt)
            implements ScanEvent {
        @Override
        public String subject() {
            return registry + "/" + repository + "@" + digest;
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project, Digest digest) implements ScanEvent {}
}
