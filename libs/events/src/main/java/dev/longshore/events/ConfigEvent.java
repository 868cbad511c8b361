package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.events.DecisionEvent.Action;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people configured, keyed by {@code kind/name}; a null record removes. Each record is the whole resource and
 * {@code version} grows with every change of it, so that a consumer needs no other.
 */
public sealed interface ConfigEvent extends Event {

    String name();

    long version();

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.CONFIG;
    }

    /** The kinds, as they are in keys and paths. */
    enum Kind {
        REGISTRY("registry"),
        SCAN_POLICY("scan-policy"),
        EXEMPTION("exemption"),
        REPLICATION_RULE("replication-rule"),
        RETENTION_POLICY("retention-policy"),
        FREEZE("freeze"),
        PROJECT("project");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String key(String name) {
            return text + "/" + name;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A registry: where it is, how it is spoken to, how much it may be asked.
     *
     * @param mode {@code enforce} or {@code observe}: observe shows what would be done and changes nothing
     * @param hosts under which addresses clusters and vendors speak of it
     * @param reconcileEvery at most so late is a push known whose notification was lost
     * @param repositories named where the registry has no catalogue; empty otherwise
     */
    @EventType("dev.longshore.config.registry.v1")
    record RegistryConfigured(
            String project,
            String name,
            long version,
            String vendor,
            URI url,
            List<String> hosts,
            String mode,
            SealedCredentials credentials,
            Tls tls,
            Webhook webhook,
            Duration reconcileEvery,
            List<String> repositories,
            Limits limits,
            boolean allowPrivateAddresses)
            implements ConfigEvent {
        @Override
        public String key() {
            return Kind.REGISTRY.key(name);
        }
    }

    /** Sealed with the suite's keyset and bound to where it is used, or where the operator put it: one of the three. */
    record Secret(
            @Nullable String sealed,
            @Nullable String fromFile,
            @Nullable String fromEnv) {}

    /**
     * @param type {@code none}, {@code basic}, {@code token}
     * @param version of the credentials: part of what the seal binds
     * @param settings what is not secret: {@code username}
     * @param secrets by their name: {@code password}, {@code token}
     */
    record SealedCredentials(String type, long version, Map<String, String> settings, Map<String, Secret> secrets) {}

    record Tls(
            boolean verify,
            @Nullable String caBundle,
            @Nullable String clientCertificate,
            @Nullable Secret clientKey) {}

    /** @param header in which a static secret is expected; {@code Authorization} unless the vendor says otherwise */
    record Webhook(@Nullable Secret secret, @Nullable Secret previousSecret, String header) {}

    record Limits(
            int concurrency,
            @Nullable Double requestsPerSecond,
            @Nullable Long bytesPerSecond,
            int pullsFloor) {}

    /** Globs ({@code *} within a path segment, {@code **} across), all of which must match. */
    record Scope(List<String> registries, List<String> repositories, List<String> tags) {}

    /**
     * What findings of which severity mean for an image in the scope.
     *
     * @param actions by severity: {@code critical}, {@code high}, {@code medium}, {@code low}, {@code unknown}
     */
    @EventType("dev.longshore.config.scan-policy.v1")
    record ScanPolicyConfigured(
            String project,
            String name,
            long version,
            Scope scope,
            Map<String, Action> actions,
            boolean onlyFixable,
            Duration gracePeriod,
            List<String> scanners,
            boolean onPush,
            boolean onPull,
            @Nullable Duration rescanEvery,
            OnUnknown onUnknown)
            implements ConfigEvent {
        @Override
        public String key() {
            return Kind.SCAN_POLICY.key(name);
        }
    }

    record OnUnknown(Action unscanned, Action failed, Action stale, Action notApplicable) {}

    /** Findings that do not count, in the images named, until it ends. */
    @EventType("dev.longshore.config.exemption.v1")
    record ExemptionConfigured(
            String project,
            String name,
            long version,
            List<String> vulnerabilities,
            List<String> packages,
            List<String> images,
            String reason,
            String owner,
            @Nullable Instant expiresAt)
            implements ConfigEvent {
        @Override
        public String key() {
            return Kind.EXEMPTION.key(name);
        }
    }

    /**
     * What is copied from where to where, and when.
     *
     * @param requiredDecision copies wait for this decision; absent if any will do
     * @param referrers whether what refers to an image is copied with it
     */
    @EventType("dev.longshore.config.replication-rule.v1")
    record ReplicationRuleConfigured(
            String project,
            String name,
            long version,
            Source source,
            Target target,
            Trigger trigger,
            @Nullable Action requiredDecision,
            boolean referrers,
            boolean enabled)
            implements ConfigEvent {
        @Override
        public String key() {
            return Kind.REPLICATION_RULE.key(name);
        }
    }

    record Source(String registry, List<String> repositories, TagFilter tags, List<String> platforms) {}

    record TagFilter(
            List<String> include,
            List<String> exclude,
            @Nullable String semver) {}

    /** @param repository with {@code {repository}} standing for the source's */
    record Target(String registry, String repository) {}

    record Trigger(boolean onPush, @Nullable String schedule) {}

    /**
     * Which images stay in the repositories of the scope: each that any rule keeps. What none keeps may go.
     *
     * @param protect globs of tags that are never deleted
     * @param minimumKept so many of the most recently pushed images stay in each repository, whatever the rules say
     * @param schedule five-field cron, in UTC unless {@code CRON_TZ=} and a time zone come before it; absent: plans are made when asked for
     * @param mode {@code plan-only}: people apply plans; {@code apply}: plans made by schedule are applied
     * @param keepNothing that the rules keep nothing is meant; without it such a policy deletes nothing
     */
    @EventType("dev.longshore.config.retention-policy.v1")
    record RetentionPolicyConfigured(
            String project,
            String name,
            long version,
            RetentionScope scope,
            List<RetentionRule> rules,
            Untagged untagged,
            List<String> protect,
            int minimumKept,
            @Nullable String schedule,
            String mode,
            boolean enabled,
            boolean keepNothing)
            implements ConfigEvent {
        @Override
        public String key() {
            return Kind.RETENTION_POLICY.key(name);
        }
    }

    /** Globs, both of which must match. */
    record RetentionScope(List<String> registries, List<String> repositories) {}

    /** @param tags globs, any of which must match */
    record RetentionRule(List<String> tags, Keep keep) {}

    /**
     * What a rule keeps of the tags that it is for. Exactly one component is present.
     *
     * @param lastPushed so many images, the most recently pushed
     * @param lastPulled so many images, the most recently pulled
     * @param lastSemver so many images, those with the highest versions as tags
     * @param createdWithin counted from when the image was built
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Keep(
            @Nullable Integer lastPushed,
            @Nullable Integer lastPulled,
            @Nullable Integer lastSemver,
            @Nullable Duration pushedWithin,
            @Nullable Duration pulledWithin,
            @Nullable Duration createdWithin,
            @Nullable Boolean always) {}

    /** @param deleteAfter absent: manifests without a tag stay */
    record Untagged(@Nullable Duration deleteAfter) {}

    /**
     * Nothing destructive is done within the scope while it stands.
     *
     * @param name the scope: {@code installation}, {@code project:<name>} or {@code registry:<name>}
     */
    @EventType("dev.longshore.config.freeze.v1")
    record FreezeConfigured(String project, String name, long version, String reason, String frozenBy, Instant frozenAt)
            implements ConfigEvent {
        @Override
        public String key() {
            return Kind.FREEZE.key(name);
        }
    }

    /** A part of the installation with people of its own; its own name is its project. It may claim no repositories. */
    @EventType("dev.longshore.config.project.v1")
    record ProjectConfigured(
            String project,
            String name,
            long version,
            String description,
            List<Member> members,
            @Nullable List<ClaimedRepositories> repositories)
            implements ConfigEvent {
        @Override
        public String key() {
            return Kind.PROJECT.key(name);
        }
    }

    /** @param kind {@code user}, {@code group} or {@code service-account} */
    record Member(String kind, String name, String role) {}

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project, String name, long version)
            implements ConfigEvent {
        @Override
        public String key() {
            return "unrecognized";
        }
    }
}
