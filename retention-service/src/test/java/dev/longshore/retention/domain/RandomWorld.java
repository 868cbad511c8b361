package dev.longshore.retention.domain;

import dev.longshore.events.ConfigEvent.Keep;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.RetentionRule;
import dev.longshore.events.ConfigEvent.RetentionScope;
import dev.longshore.events.ConfigEvent.Untagged;
import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.inventory.PushTime;
import dev.longshore.retention.domain.inventory.RepositoryInventory;
import dev.longshore.retention.domain.inventory.StoredManifest;
import dev.longshore.retention.domain.inventory.StoredTag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** A policy and a repository made up from a number: the same number gives the same. */
final class RandomWorld {

    static final Instant NOW = Scenario.NOW;

    private static final List<String> PATTERNS = List.of("**", "v*", "release-*", "dev-*", "latest", "*-1", "sha256-*");

    private final Random random;
    private final boolean isOdd;
    private final List<StoredManifest> manifests = new ArrayList<>();
    private final List<StoredTag> tags = new ArrayList<>();
    private final Set<Digest> inUse = new HashSet<>();

    /** @param isOdd whether it may have circles, which content addressing rules out */
    RandomWorld(long seed, boolean isOdd) {
        this.random = new Random(seed);
        this.isOdd = isOdd;
        var size = 1 + random.nextInt(14);
        var digests = IntStream.range(0, size)
                .mapToObj(number -> Scenario.digest(seed + "-" + number))
                .toList();
        for (var number = 0; number < size; number++) {
            manifests.add(manifest(digests, number));
        }
        names(digests).forEach((tag, digest) -> tags.add(new StoredTag(tag, digest, pushed(), sometimes(0.5))));
        digests.stream().filter(_ -> happens(0.05)).forEach(inUse::add);
    }

    RepositoryInventory inventory() {
        return new RepositoryInventory("left", "shop/api", manifests, tags, List.of());
    }

    Circumstances circumstances() {
        var deletes = happens(0.7) ? new RegistryDeletes(true, happens(0.5)) : new RegistryDeletes(false, happens(0.5));
        return new Circumstances(NOW, Duration.ofHours(1), inUse, deletes);
    }

    RetentionPolicyConfigured policy() {
        var rules = IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> new RetentionRule(List.of(pattern()), keep()))
                .toList();
        return new RetentionPolicyConfigured(
                "default",
                "policy",
                1,
                new RetentionScope(List.of("*"), List.of("**")),
                rules,
                new Untagged(happens(0.7) ? Duration.ofDays(random.nextInt(6)) : null),
                happens(0.3) ? List.of(pattern()) : List.of(),
                random.nextInt(3),
                null,
                "apply",
                true,
                true);
    }

    private StoredManifest manifest(List<Digest> digests, int number) {
        var earlier = isOdd ? digests : digests.subList(0, number);
        var children = happens(0.35) ? some(earlier) : List.<Digest>of();
        var others = earlier.stream().filter(other -> !children.contains(other)).toList();
        var subject = happens(0.3) && !others.isEmpty() ? others.get(random.nextInt(others.size())) : null;
        if (subject == null && happens(0.03)) {
            subject = Scenario.digest("elsewhere");
        }
        return new StoredManifest(
                digests.get(number),
                children,
                Set.copyOf(children),
                subject,
                pushed(),
                sometimes(0.7),
                sometimes(0.5),
                sometimes(0.2));
    }

    /** A few days only, so that many are pushed at once. */
    private PushTime pushed() {
        var at = NOW.minus(Duration.ofDays(random.nextInt(8))).minus(Duration.ofMinutes(happens(0.1) ? 0 : 90));
        if (happens(0.8)) {
            return PushTime.heard(at);
        }
        return PushTime.of(at, happens(0.5) ? Instant.EPOCH : at.minus(Duration.ofDays(random.nextInt(3))));
    }

    private Instant sometimes(double probability) {
        return happens(probability) ? NOW.minus(Duration.ofDays(random.nextInt(9))) : null;
    }

    private Map<String, Digest> names(List<Digest> digests) {
        var names = new HashMap<String, Digest>();
        for (var digest : digests) {
            for (var count = random.nextInt(3); count > 0; count--) {
                names.put(name(digests), digest);
            }
        }
        return names;
    }

    private String name(List<Digest> digests) {
        var other = digests.get(random.nextInt(digests.size()));
        return switch (random.nextInt(8)) {
            case 0 -> "latest";
            case 1 -> "release-" + random.nextInt(3);
            case 2, 3 -> "v1.%d.%d".formatted(random.nextInt(2), random.nextInt(3));
            case 4, 5 -> "dev-" + random.nextInt(9);
            case 6 -> "sha256-" + other.hex();
            default -> "sha256-" + other.hex() + ".sig";
        };
    }

    private Keep keep() {
        var count = 1 + random.nextInt(3);
        var time = Duration.ofDays(random.nextInt(7));
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Keep(count, null, null, null, null, null, null);
            case 2 -> new Keep(null, count, null, null, null, null, null);
            case 3 -> new Keep(null, null, count, null, null, null, null);
            case 4 -> new Keep(null, null, null, time, null, null, null);
            case 5 -> new Keep(null, null, null, null, time, null, null);
            case 6 -> new Keep(null, null, null, null, null, time, null);
            default -> new Keep(null, null, null, null, null, null, true);
        };
    }

    private List<Digest> some(List<Digest> digests) {
        return digests.stream().filter(_ -> happens(0.3)).toList();
    }

    private String pattern() {
        return PATTERNS.get(random.nextInt(PATTERNS.size()));
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }
}
