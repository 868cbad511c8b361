package dev.longshore.push.checkpoint.archive;

/**
 * Beyond what an archive is refused.
 *
 * @param unpacked bytes of the tar within
 * @param ratio of them to the file's bytes, asked once there are so many that it matters
 */
public record ArchiveLimits(long unpacked, int ratio, int entries) {

    /** Small files of zeros may pack as well as they like. */
    static final long RATIO_MATTERS_FROM = 256L << 20;
}
