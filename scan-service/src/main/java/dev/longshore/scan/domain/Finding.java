package dev.longshore.scan.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A vulnerability in a package of an image.
 *
 * @param fixedVersion versions that have it no more; null if there is none
 * @param status as the scanner says: {@code fixed}, {@code affected}, {@code will_not_fix}, …
 * @param path of the file that the package was found in, or of what listed it
 */
public record Finding(
        String vulnerability,
        Severity severity,
        String packageName,
        String installedVersion,
        @Nullable String fixedVersion,
        String status,
        String path,
        @Nullable Instant publishedAt,
        String title,
        String url) {

    public boolean isFixable() {
        return fixedVersion != null;
    }
}
