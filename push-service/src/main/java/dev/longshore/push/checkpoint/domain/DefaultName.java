package dev.longshore.push.checkpoint.domain;

import dev.longshore.oci.Names;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a checkpoint's image is called if nobody says: two pushes of one archive come to the same name. */
public final class DefaultName {

    private static final String FOLDER = "checkpoints";
    private static final int LONGEST_SEGMENT = 60;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private DefaultName() {}

    /** {@code checkpoints/<namespace>/<pod>/<container>}, as far as they are known. */
    public static String repository(Checkpoint checkpoint) {
        var parts = Stream.of(checkpoint.namespace(), checkpoint.pod(), checkpoint.container())
                .filter(Objects::nonNull)
                .map(DefaultName::segment)
                .collect(Collectors.joining("/"));
        return Names.repository(FOLDER + "/" + parts);
    }

    /** When it was made, and the beginning of the archive's digest. */
    public static String tag(ReadArchive archive) {
        var digest = archive.digest().hex().substring(0, 12);
        return Names.tag(TIME.format(archive.checkpoint().checkpointedAt()) + "-" + digest);
    }

    static String segment(String name) {
        var allowed =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        var bounded = allowed.substring(0, Math.min(allowed.length(), LONGEST_SEGMENT))
                .replaceAll("-+$", "");
        return bounded.isEmpty() ? "unnamed" : bounded;
    }
}
