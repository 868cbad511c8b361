package dev.longshore.scan.domain;

import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.OnUnknown;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.ConfigEvent.Scope;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What decisions are tried on. */
final class Cases {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static final Finding LOG4SHELL = new Finding(
            "CVE-2021-44228",
            Severity.CRITICAL,
            "org.apache.logging.log4j:log4j-core",
            "2.14.1",
            "2.15.0",
            "fixed",
            "app/log4j-core.jar",
            Instant.parse("2021-12-10T10:15:09Z"),
            "JNDI look-ups",
            "");

    /** No fix, and nobody says when it was published. */
    static final Finding ZLIB = new Finding(
            "CVE-2023-45853", Severity.CRITICAL, "zlib1g", "1:1.2.13", null, "will_not_fix", "", null, "", "");

    private Cases() {}

    static Image image() {
        return new Image("left", "shop/api", Digest.of(new byte[] {42}));
    }

    static Subject subject(Evidence evidence, String... tags) {
        return new Subject("default", image(), Set.of(tags), evidence);
    }

    static Evidence scanned(Finding... findings) {
        return new Evidence.Scanned(List.of(findings), NOW.minusSeconds(60), null);
    }

    static Finding finding(String vulnerability, Severity severity) {
        return finding(vulnerability, severity, Instant.parse("2020-01-01T00:00:00Z"));
    }

    static Finding finding(String vulnerability, Severity severity, Instant publishedAt) {
        return new Finding(vulnerability, severity, "lib", "1.0", "1.1", "fixed", "", publishedAt, "", "");
    }

    static Finding elsewhere(Finding finding) {
        return new Finding(
                finding.vulnerability(),
                finding.severity(),
                finding.packageName(),
                finding.installedVersion(),
                finding.fixedVersion(),
                finding.status(),
                "elsewhere.jar",
                finding.publishedAt(),
                finding.title(),
                finding.url());
    }

    static Rulebook rulebook(PolicyCase... policies) {
        return new Rulebook(Stream.of(policies).map(PolicyCase::build).toList(), List.of());
    }

    static PolicyCase policy(String name) {
        return new PolicyCase(
                name,
                "default",
                new Scope(List.of("*"), List.of("**"), List.of("**")),
                Map.of("critical", Action.BLOCK, "high", Action.WARN),
                false,
                Duration.ZERO,
                true);
    }

    static ExemptionCase exemption(String name) {
        return new ExemptionCase(name, "default", List.of("CVE-2021-44228"), List.of("**"), List.of("shop/api"), null);
    }

    record PolicyCase(
            String name,
            String project,
            Scope scope,
            Map<String, Action> actions,
            boolean isOnlyFixable,
            Duration grace,
            boolean onPush) {

        PolicyCase with(Map<String, Action> changed) {
            return new PolicyCase(name, project, scope, changed, isOnlyFixable, grace, onPush);
        }

        PolicyCase scoped(List<String> registries, List<String> repositories, List<String> tags) {
            var changed = new Scope(registries, repositories, tags);
            return new PolicyCase(name, project, changed, actions, isOnlyFixable, grace, onPush);
        }

        PolicyCase forRepositories(String pattern) {
            return scoped(List.of("*"), List.of(pattern), List.of("**"));
        }

        PolicyCase onlyFixable() {
            return new PolicyCase(name, project, scope, actions, true, grace, onPush);
        }

        PolicyCase withGrace(Duration changed) {
            return new PolicyCase(name, project, scope, actions, isOnlyFixable, changed, onPush);
        }

        PolicyCase notOnPush() {
            return new PolicyCase(name, project, scope, actions, isOnlyFixable, grace, false);
        }

        PolicyCase inProject(String changed) {
            return new PolicyCase(name, changed, scope, actions, isOnlyFixable, grace, onPush);
        }

        ScanPolicyConfigured build() {
            return new ScanPolicyConfigured(
                    project,
                    name,
                    3,
                    scope,
                    actions,
                    isOnlyFixable,
                    grace,
                    List.of("trivy"),
                    onPush,
                    false,
                    Duration.ofHours(24),
                    new OnUnknown(Action.WARN, Action.WARN, Action.WARN, Action.ALLOW));
        }
    }

    record ExemptionCase(
            String name,
            String project,
            List<String> vulnerabilities,
            List<String> packages,
            List<String> images,
            @Nullable Instant expiresAt) {

        ExemptionCase images(String... changed) {
            return new ExemptionCase(name, project, vulnerabilities, packages, List.of(changed), expiresAt);
        }

        ExemptionCase packages(String... changed) {
            return new ExemptionCase(name, project, vulnerabilities, List.of(changed), images, expiresAt);
        }

        ExemptionCase vulnerabilities(String... changed) {
            return new ExemptionCase(name, project, List.of(changed), packages, images, expiresAt);
        }

        ExemptionCase until(Instant changed) {
            return new ExemptionCase(name, project, vulnerabilities, packages, images, changed);
        }

        ExemptionCase inProject(String changed) {
            return new ExemptionCase(name, changed, vulnerabilities, packages, images, expiresAt);
        }

        ExemptionConfigured build() {
            return new ExemptionConfigured(
                    project, name, 1, vulnerabilities, packages, images, "JNDI is off", "ada", expiresAt);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
