package dev.longshore.push.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.oci.Platform;
import dev.longshore.push.postgres.ImageFound;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image of the inventory. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Image(
        String reference,
        String project,
        String registry,
        String repository,
        List<String> tags,
        String digest,
        String mediaType,
        @Nullable String artifactType,
        List<String> platforms,
        long size,
        Map<String, String> labels,
        @Nullable Instant createdAt,
        Instant pushedAt,
        @Nullable String pushedBy,
        @Nullable Instant lastPulledAt,
        List<Child> children,
        @Nullable String subject,
        long referrers,
        @Nullable Decision decision) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Child(String digest, String mediaType, @Nullable String platform, boolean missing) {}

    record Decision(String action, Instant decidedAt) {}

    /** Called by its tag that was pushed last, if it has one. */
    static Image from(ImageFound found) {
        var reference = found.tags().isEmpty()
                ? found.id()
                : found.registry() + "/" + found.repository() + ":"
                        + found.tags().getFirst();
        return called(reference, found);
    }

    static Image called(String reference, ImageFound found) {
        var decision = found.decision();
        return new Image(
                reference,
                found.project(),
                found.registry(),
                found.repository(),
                found.tags(),
                found.digest(),
                found.mediaType(),
                found.artifactType(),
                found.platforms().stream().map(Platform::toString).toList(),
                found.size(),
                found.labels(),
                found.createdAt(),
                found.pushedAt(),
                found.pushedBy(),
                found.lastPulledAt(),
                found.children().stream()
                        .map(child -> new Child(child.digest(), child.mediaType(), child.platform(), child.missing()))
                        .toList(),
                found.subject(),
                found.referrers(),
                decision == null ? null : new Decision(decision.action(), decision.decidedAt()));
    }
}
