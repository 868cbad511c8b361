package dev.longshore.retention.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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
import dev.longshore.retention.domain.policy.RetentionPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A file of {@code scenarios/}: a policy, what a repository holds (manifests by a short name, all times as ages), and
 * what stays and goes for which reason. {@code <a>} in a tag stands for the digest of the manifest {@code a};
 * {@code "@a"} is the manifest itself, if it has no tag.
 */
record Scenario(JsonNode policy, JsonNode given, JsonNode then) {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern NAMED = Pattern.compile("<(\\w+)>");

    static Scenario read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Scenario parse(String text) {
        try {
            var document = YAML.readTree(text);
            return new Scenario(document.path("policy"), document.path("given"), document.path("then"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Digest digest(String name) {
        return Digest.of(name.getBytes(UTF_8));
    }

    Evaluation evaluation() {
        return Evaluation.of(retentionPolicy(), inventory(), circumstances());
    }

    RetentionPolicy retentionPolicy() {
        var rules = new ArrayList<RetentionRule>();
        policy.path("rules")
                .forEach(rule -> rules.add(new RetentionRule(texts(rule.path("tags")), keep(rule.path("keep")))));
        return RetentionPolicy.from(new RetentionPolicyConfigured(
                "default",
                "policy",
                1,
                new RetentionScope(
                        List.of("left"), List.of(policy.path("repositories").asText("shop/**"))),
                rules,
                new Untagged(age(policy.path("untagged"))),
                texts(policy.path("protect")),
                policy.path("minimumKept").asInt(0),
                null,
                "plan-only",
                policy.path("enabled").asBoolean(true),
                policy.path("keepNothing").asBoolean(false)));
    }

    RepositoryInventory inventory() {
        var manifests = new ArrayList<StoredManifest>();
        var tags = new ArrayList<StoredTag>();
        given.path("manifests").properties().forEach(entry -> {
            manifests.add(manifest(entry.getKey(), entry.getValue()));
            tags.addAll(tags(entry.getKey(), entry.getValue()));
        });
        given.path("dangling")
                .properties()
                .forEach(entry -> tags.add(new StoredTag(
                        entry.getKey(),
                        digest(entry.getValue().asText()),
                        PushTime.heard(NOW.minusSeconds(99_999)),
                        null)));
        return new RepositoryInventory("left", "shop/api", manifests, tags, texts(given.path("doubts")));
    }

    Circumstances circumstances() {
        var deletes = switch (given.path("registry").asText("manifests")) {
            case "everything" -> RegistryDeletes.EVERYTHING;
            case "tags" -> new RegistryDeletes(false, true);
            case "nothing" -> RegistryDeletes.NOTHING;
            default -> RegistryDeletes.MANIFESTS_ONLY;
        };
        var inUse = texts(given.path("inUse")).stream().map(Scenario::digest).collect(Collectors.toSet());
        return new Circumstances(NOW, Duration.ofMinutes(15), inUse, deletes);
    }

    /** Tags, and {@code @name} for manifests without one, with their reasons. */
    SortedMap<String, String> expected(String verdict) {
        var expected = new TreeMap<String, String>();
        then.path(verdict)
                .properties()
                .forEach(entry -> expected.put(resolved(entry.getKey()), reasons(entry.getValue())));
        return expected;
    }

    SortedMap<String, String> found(Evaluation evaluation, Verdict verdict) {
        var names = new HashMap<Digest, String>();
        given.path("manifests").fieldNames().forEachRemaining(name -> names.put(digest(name), "@" + name));
        var found = new TreeMap<String, String>();
        for (var item : evaluation.items()) {
            if (item.verdict() == verdict) {
                var name = item.tag() == null ? names.get(item.digest()) : item.tag();
                found.put(
                        name,
                        item.reasons().stream()
                                .map(reason -> reason.code().toString())
                                .distinct()
                                .collect(Collectors.joining(", ")));
            }
        }
        return found;
    }

    /** The order of deletions, if the scenario is about it. */
    List<String> expectedOrder() {
        return texts(then.path("order"));
    }

    List<String> foundOrder(Evaluation evaluation) {
        var names = new HashMap<Digest, String>();
        given.path("manifests").fieldNames().forEachRemaining(name -> names.put(digest(name), name));
        return evaluation.deletions().stream()
                .map(Decision.Delete::deletion)
                .map(deletion -> deletion.onlyTag() == null ? names.get(deletion.digest()) : ":" + deletion.onlyTag())
                .toList();
    }

    private static StoredManifest manifest(String name, JsonNode node) {
        var children =
                texts(node.path("children")).stream().map(Scenario::digest).toList();
        var blobs = texts(node.path("blobs")).stream().map(Scenario::digest).toList();
        var all = new ArrayList<>(children);
        all.addAll(blobs);
        return new StoredManifest(
                digest(name),
                all,
                Set.copyOf(children),
                node.has("subject") ? digest(node.path("subject").asText()) : null,
                pushed(node, MissingNode.getInstance()),
                time(node.path("created")),
                time(node.path("pulled")),
                time(node.path("untagged")));
    }

    private static List<StoredTag> tags(String name, JsonNode node) {
        var tags = new ArrayList<StoredTag>();
        if (node.path("tags").isObject()) {
            node.path("tags")
                    .properties()
                    .forEach(tag -> tags.add(new StoredTag(
                            resolved(tag.getKey()),
                            digest(name),
                            pushed(tag.getValue(), node),
                            time(tag.getValue().path("pulled")))));
        } else {
            texts(node.path("tags"))
                    .forEach(tag -> tags.add(
                            new StoredTag(resolved(tag), digest(name), pushed(node, MissingNode.getInstance()), null)));
        }
        return tags;
    }

    /** {@code pushed: 10d}; {@code found: 10d}: then it was pushed at any time before, or after {@code foundAfter}. */
    private static PushTime pushed(JsonNode node, JsonNode fallback) {
        if (node.has("found")) {
            return PushTime.of(time(node.path("found")), node.has("after") ? time(node.path("after")) : Instant.EPOCH);
        }
        var age = node.has("pushed") ? node.path("pushed") : fallback.path("pushed");
        return PushTime.heard(age.isMissingNode() ? NOW.minus(Duration.ofDays(100)) : time(age));
    }

    private static Keep keep(JsonNode keep) {
        return new Keep(
                number(keep.path("lastPushed")),
                number(keep.path("lastPulled")),
                number(keep.path("lastSemver")),
                age(keep.path("pushedWithin")),
                age(keep.path("pulledWithin")),
                age(keep.path("createdWithin")),
                keep.path("always").isBoolean() ? keep.path("always").asBoolean() : null);
    }

    private static Integer number(JsonNode node) {
        return node.isNumber() ? node.asInt() : null;
    }

    private static Instant time(JsonNode age) {
        return age.isMissingNode() || age.isNull() ? null : NOW.minus(age(age));
    }

    private static Duration age(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        var text = node.asText();
        var amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'd' -> Duration.ofDays(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static String resolved(String tag) {
        return NAMED.matcher(tag).replaceAll(name -> digest(name.group(1)).hex());
    }

    private static String reasons(JsonNode node) {
        return node.isArray() ? String.join(", ", texts(node)) : node.asText();
    }

    private static List<String> texts(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
