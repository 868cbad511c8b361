package dev.longshore.push.checkpoint.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Counts and hashes what is read through it, and knows whether its end was seen. */
final class CountedStream extends FilterInputStream {

    private final @Nullable MessageDigest hash;
    private final LongConsumer seen;
    private long count;
    private boolean ended;

    /**
     * @param hash none if somebody else hashes the same bytes
     * @param seen hears the count after each reading, and may end the reading by throwing
     */
    CountedStream(InputStream in, @Nullable MessageDigest hash, LongConsumer seen) {
        super(in);
        this.hash = hash;
        this.seen = seen;
    }

    long count() {
        return count;
    }

    boolean hasEnded() {
        return ended;
    }

    Optional<byte[]> digest() {
        return Optional.ofNullable(hash).map(MessageDigest::digest);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read < 0) {
            ended = true;
        } else if (read > 0) {
            if (hash != null) {
                hash.update(target, offset, read);
            }
            count += read;
            seen.accept(count);
        }
        return read;
    }

    /** Skipped bytes are bytes of the file too. */
    @Override
    public long skip(long wanted) throws IOException {
        var buffer = new byte[(int) Math.min(wanted, 64 << 10)];
        int read = buffer.length == 0 ? 0 : read(buffer, 0, buffer.length);
        return Math.max(read, 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
