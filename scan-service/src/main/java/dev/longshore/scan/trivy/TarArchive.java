package dev.longshore.scan.trivy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Unpacks the two small archives that Trivy's databases are delivered in: plain files with known names. */
final class TarArchive {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_OFFSET = 156;
    private static final int BINARY_SIZE = 0x80;

    private TarArchive() {}

    /** Unpacks the files of these names and skips all else, so that no entry can lead out of the folder. */
    static void unpack(Path archive, Path folder, Set<String> names) throws IOException {
        Files.createDirectories(folder);
        var missing = new HashSet<>(names);
        try (var input = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
            for (var header = input.readNBytes(BLOCK); isEntry(header); header = input.readNBytes(BLOCK)) {
                var name = text(header, 0, NAME_LENGTH).replaceFirst("^\\./", "");
                var size = size(header);
                var isFile = header[TYPE_OFFSET] == '0' || header[TYPE_OFFSET] == 0;
                if (isFile && names.contains(name)) {
                    copy(input, size, folder.resolve(name));
                    missing.remove(name);
                } else {
                    input.skipNBytes(size);
                }
                input.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("%s does not hold %s".formatted(archive, String.join(", ", missing)));
        }
    }

    private static boolean isEntry(byte[] header) {
        return header.length == BLOCK && header[0] != 0;
    }

    private static void copy(InputStream input, long size, Path target) throws IOException {
        var buffer = new byte[1 << 16];
        try (var output = Files.newOutputStream(target)) {
            for (var left = size; left > 0; ) {
                var read = input.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("The archive ends within " + target.getFileName());
                }
                output.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** Octal digits, or big-endian binary for sizes that do not fit (GNU). */
    private static long size(byte[] header) throws IOException {
        if ((header[SIZE_OFFSET] & BINARY_SIZE) != 0) {
            var size = 0L;
            for (var i = SIZE_OFFSET + SIZE_LENGTH - 8; i < SIZE_OFFSET + SIZE_LENGTH; i++) {
                size = size << 8 | (header[i] & 0xff);
            }
            return size;
        }
        try {
            return Long.parseLong(text(header, SIZE_OFFSET, SIZE_LENGTH).strip(), 8);
        } catch (NumberFormatException e) {
            throw new IOException("Not a tar archive", e);
        }
    }

    private static String text(byte[] header, int offset, int length) {
        var end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, UTF_8);
    }
}
