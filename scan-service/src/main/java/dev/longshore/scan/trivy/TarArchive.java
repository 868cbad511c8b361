package dev.longshore.scan.trivy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks the two small archives that Trivy's databases are delivered in: plain files with known names. */
final class TarArchive {

    private static final int BUFFER = 1 << 16;

    private TarArchive() {}

    /**
     * Unpacks the files of these names and skips all else, so that no entry can lead out of the folder.
     *
     * @throws IOException also if the archive is cut off, is no archive, or lacks one of the files
     */
    static void unpack(Path archive, Path folder, Set<String> names) throws IOException {
        Files.createDirectories(folder);
        var missing = new HashSet<>(names);
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive), BUFFER))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var name = entry.getName().replaceFirst("^\\./", "");
                if (entry.isFile() && names.contains(name)) {
                    Files.copy(tar, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    missing.remove(name);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("%s does not hold %s".formatted(archive, String.join(", ", missing)));
        }
    }
}
