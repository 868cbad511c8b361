package dev.longshore.push.checkpoint.domain;

import org.jspecify.annotations.Nullable;

/**
 * One entry of an archive, as its header says.
 *
 * @param name as it is written there
 * @param link the target of a link, as it is written there
 */
public record Entry(
        String name, Kind kind, long size, @Nullable String link) {

    public enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK,
        /** A device, a pipe, a sparse file, or what no tar knows. */
        OTHER
    }
}
