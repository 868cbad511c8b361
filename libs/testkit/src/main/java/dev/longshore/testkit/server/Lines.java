package dev.longshore.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An input that goes on for as long as lines are added; {@link java.io.PipedInputStream} ends with the thread that wrote last. */
final class Lines extends InputStream {

    private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
    private byte[] current = new byte[0];
    private int position;

    void add(String line) {
        waiting.add((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            while (position == current.length) {
                current = waiting.take();
                position = 0;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        var count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }
}
