package dev.longshore.retention.plan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How plans are made and applied. */
@ConfigMapping(prefix = "longshore.retention")
public interface RetentionConfig {

    /** A plan older than this is not applied any more. */
    @WithDefault("24h")
    Duration planLife();

    /** Images deleted at once by this process, each in another repository. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int deletes();

    /** How often a delete is tried while a registry is away, before it counts as failed. */
    @WithDefault("8")
    @Min(1)
    int attempts();

    /** So long plans are shown, and what they deleted can be restored if the registry still has the content. */
    @WithDefault("30d")
    Duration keepRecords();
}
