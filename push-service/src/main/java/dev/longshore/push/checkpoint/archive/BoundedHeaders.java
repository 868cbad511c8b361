package dev.longshore.push.checkpoint.archive;

import dev.longshore.push.checkpoint.domain.UnusableArchiveException;
import java.io.FilterInputStream;
import java.io.IOException;

/**
 * Ends the reading of a header that goes on and on: names and extended headers are kept in memory while they are read. Also
 * knows where the last byte stood that was not zero, because what ends a tar is zeros.
 */
final class BoundedHeaders extends FilterInputStream {

    private final CountedStream counted;
    private long end = Long.MAX_VALUE;
    private long afterLastNonZero;

    BoundedHeaders(CountedStream in) {
        super(in);
        this.counted = in;
    }

    long count() {
        return counted.count();
    }

    /** Of what was read while there was a bound. */
    long afterLastNonZero() {
        return afterLastNonZero;
    }

    void allow(long bytes) {
        end = bytes == Long.MAX_VALUE ? bytes : counted.count() + bytes;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        require(1);
        var before = counted.count();
        int read = super.read(target, offset, (int) Math.min(length, end - before));
        for (int i = read - 1; end < Long.MAX_VALUE && i >= 0; i--) {
            if (target[offset + i] != 0) {
                afterLastNonZero = before + i + 1;
                break;
            }
        }
        return read;
    }

    private void require(int bytes) {
        if (counted.count() + bytes > end) {
            throw UnusableArchiveException.tooLarge("The header of an entry is too large");
        }
    }
}
