package dev.longshore.replication.copy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How images are copied. */
@ConfigMapping(prefix = "longshore.replication")
public interface CopyConfig {

    /** Images copied at once by this process. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int images();

    /** Blobs copied at once for one image. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int blobs();

    /** How often a copy is tried while a registry is away, before it counts as failed. */
    @WithDefault("12")
    @Min(1)
    int attempts();

    /** Tags planned in one transaction when a whole rule is gone through. */
    @WithDefault("200")
    @Min(1)
    @Max(5000)
    int batch();

    /** Most referrers copied with one image, those of its children and of referrers included. */
    @WithDefault("1000")
    @Min(1)
    int mostReferrers();
}
