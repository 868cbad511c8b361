package dev.longshore.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

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
            var tar = new TarArchiveOutputStream(out);
            var pages = new TarArchiveEntry("checkpoint/pages-1000.img");
            pages.setSize((long) mebibytes * PIECE);
            tar.putArchiveEntry(pages);
            var random = new Random(1);
            for (var index = 0; index < mebibytes; index++) {
                var piece = new byte[PIECE];
                if (index % 4 != 0) {
                    random.nextBytes(piece);
                }
                tar.write(piece);
            }
            tar.closeArchiveEntry();
            tar.finish();
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
}
