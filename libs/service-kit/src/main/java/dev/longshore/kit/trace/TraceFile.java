package dev.longshore.kit.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that starts anew when it is full and keeps the one before as {@code .1}. */
final class TraceFile extends OutputStream {

    private static final long LARGEST = 64L * 1024 * 1024;

    private final Path path;
    private @Nullable OutputStream out;
    private long written;

    TraceFile(Path path) {
        this.path = path;
    }

    @Override
    public synchronized void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        open().write(bytes, offset, length);
        written += length;
        // Only between lines: a span cut in two could be read from neither file.
        if (written > LARGEST && length > 0 && bytes[offset + length - 1] == '\n') {
            close();
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    private OutputStream open() throws IOException {
        var current = out;
        if (current == null) {
            var folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            current = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            written = Files.size(path);
            out = current;
        }
        return current;
    }
}
