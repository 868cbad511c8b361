package dev.longshore.scan.trivy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.oci.ForeignText;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.Finding;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.domain.Severity;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code trivy … --format json}, schema 2, and its SBOMs. What is missing has a default; what is new is skipped. */
final class TrivyReports {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectReader READER = JSON.readerFor(Report.class);
    private static final String NOT_AFFECTED = "not_affected";
    private static final String OS_PACKAGES = "os-pkgs";
    private static final Pattern OPERATING_SYSTEM = Pattern.compile(".*\\(([^()]+)\\)");
    private static final int LONGEST_TEXT = 500;

    private TrivyReports() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Report(@JsonProperty("Results") @Nullable List<Result> results) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Result(
            @JsonProperty("Target") @Nullable String target,
            @JsonProperty("Class") @Nullable String kind,
            @JsonProperty("Vulnerabilities") @Nullable List<Vulnerability> vulnerabilities) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Vulnerability(
            @JsonProperty("VulnerabilityID") @Nullable String id,
            @JsonProperty("PkgName") @Nullable String packageName,
            @JsonProperty("PkgPath") @Nullable String packagePath,
            @JsonProperty("InstalledVersion") @Nullable String installedVersion,
            @JsonProperty("FixedVersion") @Nullable String fixedVersion,
            @JsonProperty("Status") @Nullable String status,
            @JsonProperty("Severity") @Nullable String severity,
            @JsonProperty("Title") @Nullable String title,
            @JsonProperty("PrimaryURL") @Nullable String url,
            @JsonProperty("PublishedDate") @Nullable String publishedDate) {}

    static List<Finding> read(byte[] json) {
        try {
            Report report = READER.readValue(json);
            if (report == null) {
                throw new ScanFailedException(FailureCode.SCANNER_FAILED, "Trivy's report is empty");
            }
            return listed(report.results()).flatMap(TrivyReports::findings).toList();
        } catch (IOException e) {
            throw new ScanFailedException(FailureCode.SCANNER_FAILED, "Trivy's report is not the JSON expected", e);
        }
    }

    /** An SBOM says what there is; what is wrong with it changes with every database, and is kept apart. */
    static byte[] withoutVulnerabilities(byte[] bom) {
        try {
            if (JSON.readTree(bom) instanceof ObjectNode document) {
                document.putArray("vulnerabilities");
                return JSON.writeValueAsBytes(document);
            }
            throw new ScanFailedException(FailureCode.SCANNER_FAILED, "Trivy's SBOM is not a JSON object");
        } catch (IOException e) {
            throw new ScanFailedException(FailureCode.SCANNER_FAILED, "Trivy's SBOM is not JSON", e);
        }
    }

    private static Stream<Finding> findings(Result result) {
        return listed(result.vulnerabilities())
                .filter(found -> found.id() != null && !found.id().isBlank())
                .filter(found -> !NOT_AFFECTED.equals(found.status()))
                .map(found -> finding(result, found));
    }

    private static Finding finding(Result result, Vulnerability found) {
        return new Finding(
                text(found.id()),
                Severity.of(text(found.severity())).orElse(Severity.UNKNOWN),
                text(found.packageName()),
                text(found.installedVersion()),
                text(found.fixedVersion()).isEmpty() ? null : text(found.fixedVersion()),
                text(found.status()),
                text(found.packagePath()).isEmpty() ? listing(result) : text(found.packagePath()),
                instant(found.publishedDate()).orElse(null),
                text(found.title()),
                text(found.url()));
    }

    /**
     * What listed the packages. An operating system's target begins with the name of what was scanned, which differs
     * between an image and its SBOM, and from one SBOM's file to the next: {@code bom.json (debian 12.5)}.
     */
    private static String listing(Result result) {
        var target = text(result.target());
        var system = OPERATING_SYSTEM.matcher(target);
        return OS_PACKAGES.equals(result.kind()) && system.matches() ? system.group(1) : target;
    }

    private static Optional<Instant> instant(@Nullable String value) {
        try {
            // Trivy writes Go's zero time, in the year 1, for an unknown one.
            return Optional.ofNullable(value).map(Instant::parse).filter(instant -> instant.isAfter(Instant.EPOCH));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            return "";
        }
        // PostgreSQL knows no NUL, and the text is of anybody's making.
        var clean = value.replace("\0", "").strip();
        return ForeignText.cut(clean, LONGEST_TEXT - 1);
    }

    private static <T> Stream<T> listed(@Nullable List<T> items) {
        return items == null ? Stream.empty() : items.stream().filter(item -> item != null);
    }
}
