package dev.longshore.push.checkpoint.domain;

import dev.longshore.oci.Digest;

/**
 * An archive, read to its end and found whole.
 *
 * @param digest of the file as it is
 * @param diffId of the tar in it
 */
public record ReadArchive(
        Digest digest, long size, Compression compression, Digest diffId, long unpackedSize, Checkpoint checkpoint) {}
