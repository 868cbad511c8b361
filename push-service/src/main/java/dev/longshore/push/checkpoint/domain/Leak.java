package dev.longshore.push.checkpoint.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What travels with a checkpoint and may hold secrets. Only names are told, never values.
 *
 * @param names of environment variables, volumes or logs; not complete if there are very many
 */
public record Leak(Kind kind, long size, List<String> names) {

    public Leak {
        names = List.copyOf(names);
    }

    public enum Kind {
        /** Variables whose names look like secrets: their values stand in the spec and in memory. */
        @JsonProperty("environment")
        ENVIRONMENT,
        @JsonProperty("memory")
        MEMORY,
        @JsonProperty("root-filesystem")
        ROOT_FILESYSTEM,
        @JsonProperty("shared-memory")
        SHARED_MEMORY,
        @JsonProperty("temporary-filesystems")
        TEMPORARY_FILESYSTEMS,
        @JsonProperty("volumes")
        VOLUMES,
        @JsonProperty("logs")
        LOGS
    }
}
