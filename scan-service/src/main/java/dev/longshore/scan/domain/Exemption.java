package dev.longshore.scan.domain;

import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.Glob;
import java.time.Instant;
import java.util.List;

/** A vulnerability that somebody answers for, in some packages of some images, until some day. */
record Exemption(
        ExemptionConfigured configured, List<Glob> vulnerabilities, List<Glob> packages, List<ImagePattern> images) {

    static Exemption from(ExemptionConfigured configured) {
        return new Exemption(
                configured,
                configured.vulnerabilities().stream().map(Glob::parse).toList(),
                configured.packages().stream().map(Glob::parse).toList(),
                configured.images().stream().map(ImagePattern::parse).toList());
    }

    boolean isFor(Subject subject, Instant now) {
        var expiresAt = configured.expiresAt();
        return configured.project().equals(subject.project())
                && (expiresAt == null || now.isBefore(expiresAt))
                && images.stream().anyMatch(pattern -> pattern.matches(subject));
    }

    boolean covers(Finding finding) {
        return vulnerabilities.stream().anyMatch(glob -> glob.matches(finding.vulnerability()))
                && (packages.isEmpty() || packages.stream().anyMatch(glob -> glob.matches(finding.packageName())));
    }
}
