package dev.longshore.testkit.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What the scripted registry holds. */
final class RegistryContent {

    private static final Pattern SUBJECT = Pattern.compile("\"subject\":\\{[^}]*\"digest\":\"(sha256:[0-9a-f]{64})\"");
    private static final Pattern ARTIFACT_TYPE = Pattern.compile("\"artifactType\":\"([^\"]+)\"");
    private static final Pattern NAMED = Pattern.compile("\"digest\":\"(sha256:[0-9a-f]{64})\"");

    private final Map<String, Map<String, byte[]>> blobs = new ConcurrentHashMap<>();
    private final Map<String, Map<String, TestContent>> manifests = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();

    synchronized void putBlob(String repository, String digest, byte[] content) {
        blobs.computeIfAbsent(repository, _ -> new TreeMap<>()).put(digest, content);
    }

    synchronized Optional<byte[]> blob(String repository, String digest) {
        return Optional.ofNullable(blobs.getOrDefault(repository, Map.of()).get(digest));
    }

    synchronized void putManifest(String repository, String reference, TestContent manifest) {
        manifests.computeIfAbsent(repository, _ -> new TreeMap<>()).put(manifest.digest(), manifest);
        if (!reference.contains(":")) {
            tags.computeIfAbsent(repository, _ -> new TreeMap<>()).put(reference, manifest.digest());
        }
    }

    synchronized Optional<TestContent> manifest(String repository, String reference) {
        var digest = reference.contains(":")
                ? reference
                : tags.getOrDefault(repository, Map.of()).get(reference);
        return digest == null
                ? Optional.empty()
                : Optional.ofNullable(
                        manifests.getOrDefault(repository, Map.of()).get(digest));
    }

    /** With a digest its tags go too. */
    synchronized boolean delete(String repository, String reference) {
        var tagged = tags.getOrDefault(repository, new TreeMap<>());
        if (!reference.contains(":")) {
            return tagged.remove(reference) != null;
        }
        tagged.values().removeIf(reference::equals);
        return manifests.getOrDefault(repository, new TreeMap<>()).remove(reference) != null;
    }

    synchronized boolean exists(String repository) {
        return tags.containsKey(repository) || manifests.containsKey(repository);
    }

    synchronized List<String> tags(String repository) {
        return List.copyOf(tags.getOrDefault(repository, Map.of()).keySet());
    }

    synchronized List<String> repositories() {
        return manifests.keySet().stream().sorted().toList();
    }

    /** What the manifest names and the repository does not have. */
    synchronized List<String> missing(String repository, TestContent manifest) {
        var text = text(manifest).replaceAll("\"subject\":\\{[^}]*\\}", "");
        return NAMED.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(digest -> blob(repository, digest).isEmpty()
                        && manifest(repository, digest).isEmpty())
                .toList();
    }

    static Optional<String> subject(TestContent manifest) {
        return SUBJECT.matcher(text(manifest))
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    synchronized List<String> referrers(String repository, String subject) {
        var found = new ArrayList<String>();
        manifests.getOrDefault(repository, Map.of()).values().stream()
                .filter(manifest -> subject(manifest).filter(subject::equals).isPresent())
                .forEach(manifest -> found.add(manifest.descriptor(artifactType(manifest))));
        return found;
    }

    private static String artifactType(TestContent manifest) {
        return ARTIFACT_TYPE
                .matcher(text(manifest))
                .results()
                .map(found -> ",\"artifactType\":\"" + found.group(1) + "\"")
                .findFirst()
                .orElse("");
    }

    private static String text(TestContent manifest) {
        return new String(manifest.bytes(), StandardCharsets.UTF_8);
    }
}
