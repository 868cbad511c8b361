package dev.longshore.gateway.audit.domain;

import java.time.Instant;

/**
 * A beginning of the chain that was taken out of the store into a file.
 *
 * @param previous hash of the entry before the first
 * @param head hash of the last
 * @param fileDigest SHA-256 of the file, in hexadecimal
 */
public record Segment(long first, long last, Hash previous, Hash head, String file, String fileDigest, Instant at) {

    public long count() {
        return last - first + 1;
    }
}
