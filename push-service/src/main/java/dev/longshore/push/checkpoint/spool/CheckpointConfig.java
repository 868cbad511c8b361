package dev.longshore.push.checkpoint.spool;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;

/** Where checkpoint archives are taken from, and how much of them. */
@ConfigMapping(prefix = "longshore.push")
public interface CheckpointConfig {

    /** Archives below this folder may be named by their path; nothing else on the machine can be. */
    Path checkpoints();

    /** Uploaded archives lie here until they are pushed. Several replicas share it. */
    Path spool();

    Archive archive();

    /** Bounds of one archive, and how it is pushed. */
    interface Archive {

        /** Largest file that can be uploaded. */
        @WithDefault("64G")
        MemorySize largest();

        /** Largest tar within a packed file. */
        @WithDefault("256G")
        MemorySize largestUnpacked();

        /** A file that unpacks to more than so many times its size is refused. */
        @WithDefault("500")
        @Min(2)
        int largestRatio();

        /** Most entries of one archive. */
        @WithDefault("100000")
        @Min(1)
        int mostEntries();

        /** Uploads are refused when less than this would be left free in the spool. */
        @WithDefault("1G")
        MemorySize spaceKept();

        /** Archives read and pushed at once by this process. */
        @WithDefault("2")
        @Min(1)
        @Max(32)
        int concurrency();

        /** How often a push is tried while the registry is away, before it counts as failed. */
        @WithDefault("5")
        @Min(1)
        int attempts();

        /** A file that is not whole yet, and was written to within this time, is looked at again a little later. */
        @WithDefault("10s")
        Duration patience();

        /** For so long it is known what came of a checkpoint. */
        @WithDefault("30d")
        Duration kept();
    }
}
