package dev.longshore.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

/** A real, small checkpoint archive of CRI-O's, with more pages of memory put in. */
final class CheckpointArchive {

    private static final int BLOCK = 512;
    private static final int PIECE = 1 << 20;

    private CheckpointArchive() {}

    /** A quarter of real memory is zeros, or more; the rest here does not compress. */
    static void write(Path file, Path small, int mebibytes) throws IOException {
        var archive = Files.readAllBytes(small);
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(archive, 0, end(archive));
            out.write(header("checkpoint/pages-1000.img", (long) mebibytes * PIECE));
            var random = new Random(1);
            for (var index = 0; index < mebibytes; index++) {
                var piece = new byte[PIECE];
                if (index % 4 != 0) {
                    random.nextBytes(piece);
                }
                out.write(piece);
            }
            out.write(new byte[2 * BLOCK]);
        }
    }

    /** Where the last entry ends: nothing but zeros follows, from a block's beginning. */
    private static int end(byte[] archive) {
        var end = archive.length;
        while (end > 0 && archive[end - 1] == 0) {
            end--;
        }
        return (end + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static byte[] header(String name, long size) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, "%011o\0".formatted(size));
        put(header, 136, "00000000000\0");
        Arrays.fill(header, 148, 156, (byte) ' ');
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        var sum = 0;
        for (var each : header) {
            sum += each & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
