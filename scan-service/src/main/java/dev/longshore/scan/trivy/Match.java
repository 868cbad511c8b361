package dev.longshore.scan.trivy;

import dev.longshore.scan.domain.Finding;
import java.time.Instant;
import java.util.List;

/**
 * The vulnerabilities of an image's components.
 *
 * @param databaseUpdatedAt when the database that was used was made
 */
public record Match(List<Finding> findings, String scannerVersion, Instant databaseUpdatedAt) {

    public Match {
        findings = List.copyOf(findings);
    }
}
