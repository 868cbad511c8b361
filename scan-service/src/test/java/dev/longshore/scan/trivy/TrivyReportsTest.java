package dev.longshore.scan.trivy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.scan.domain.Finding;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.scan.domain.Severity;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrivyReportsTest {

    @Test
    void readsWhatTrivySaid() throws IOException {
        var findings = TrivyReports.read(report());

        assertThat(findings)
                .extracting(Finding::vulnerability, Finding::severity)
                .containsExactly(
                        tuple("CVE-2021-44228", Severity.CRITICAL),
                        tuple("CVE-2021-45046", Severity.CRITICAL),
                        tuple("CVE-2021-45105", Severity.HIGH),
                        tuple("CVE-2021-44832", Severity.MEDIUM));
        assertThat(findings.getFirst())
                .isEqualTo(new Finding(
                        "CVE-2021-44228",
                        Severity.CRITICAL,
                        "org.apache.logging.log4j:log4j-core",
                        "2.14.1",
                        "2.15.0, 2.12.2, 2.3.1",
                        "fixed",
                        "app/log4j-core-2.14.1.jar",
                        Instant.parse("2021-12-10T10:15:09Z"),
                        "Remote code execution through JNDI look-ups in log messages",
                        "https://avd.aquasec.com/nvd/cve-2021-44228"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"Results\":null}", "{\"Results\":[]}", "{\"Results\":[{\"Target\":\"x\"}]}"})
    void findsNothingInAReportWithoutVulnerabilities(String json) {
        assertThat(TrivyReports.read(json.getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "os-pkgs, /tmp/match-17/bom.json (debian 12.5), debian 12.5",
        "os-pkgs, 127.0.0.1:5000/shop/api@sha256:aa (alpine 3.20), alpine 3.20",
        "os-pkgs, left (1)/bom.json (redhat 9.4 (Plow)), left (1)/bom.json (redhat 9.4 (Plow))",
        "os-pkgs, unnamed, unnamed",
        "lang-pkgs, app/package-lock.json (copy), app/package-lock.json (copy)",
    })
    void saysWhichSystemListedAPackageAndNotFromWhichFileItWasRead(String kind, String target, String path) {
        var json = """
                {"Results":[{"Target":"%s","Class":"%s","Vulnerabilities":[{"VulnerabilityID":"CVE-1"}]}]}""";

        assertThat(TrivyReports.read(json.formatted(target, kind).getBytes(UTF_8)))
                .singleElement()
                .extracting(Finding::path)
                .isEqualTo(path);
    }

    @Test
    void takesVulnerabilitiesOutOfAnSbom() {
        var bom = "{\"bomFormat\":\"CycloneDX\",\"vulnerabilities\":[{\"id\":\"CVE-1\"}],\"components\":[1]}";

        assertThat(new String(TrivyReports.withoutVulnerabilities(bom.getBytes(UTF_8)), UTF_8))
                .isEqualTo("{\"bomFormat\":\"CycloneDX\",\"vulnerabilities\":[],\"components\":[1]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "<bom/>"})
    void refusesWhatIsNoSbom(String bom) {
        assertThatThrownBy(() -> TrivyReports.withoutVulnerabilities(bom.getBytes(UTF_8)))
                .isInstanceOf(ScanFailedException.class);
    }

    @Test
    void takesWhatIsMissingAsUnknownAndLeavesOutWhatDoesNotAffect() {
        var json = """
                {"Results":[{"Target":"os","Vulnerabilities":[
                  {"VulnerabilityID":"CVE-1","Severity":"NEW","PublishedDate":"0001-01-01T00:00:00Z","FixedVersion":""},
                  {"VulnerabilityID":"CVE-2","Status":"not_affected"}, {"Severity":"HIGH"}, null]}]}""";

        assertThat(TrivyReports.read(json.getBytes(UTF_8)))
                .containsExactly(new Finding("CVE-1", Severity.UNKNOWN, "", "", null, "", "os", null, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "<html>", "{\"Results\":{}}", "{\"Results\":[{\"Vulnerabilities\":5}]}"})
    void refusesWhatIsNoReport(String json) {
        assertThatThrownBy(() -> TrivyReports.read(json.getBytes(UTF_8))).isInstanceOf(ScanFailedException.class);
    }

    @Test
    void survivesAnyDamage() throws IOException {
        var random = new Random(7);
        for (var round = 0; round < 500; round++) {
            var damaged = report();
            for (var spot = 0; spot < 3; spot++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(TrivyReports.read(damaged)).hasSizeLessThanOrEqualTo(4);
            } catch (ScanFailedException refused) {
                assertThat(refused.code().code()).isEqualTo("scanner-failed");
            }
        }
    }

    private static byte[] report() throws IOException {
        try (var input = TrivyReportsTest.class.getResourceAsStream("/trivy-0.74.0-sbom.json")) {
            return Objects.requireNonNull(input).readAllBytes();
        }
    }
}
