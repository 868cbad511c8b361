package dev.longshore.replication.copy;

import dev.longshore.oci.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which repository of a registry was last seen to have a blob: from there it can be mounted. A hint only; a registry that
 * no longer has it there takes the bytes instead.
 */
final class KnownBlobs {

    private final Map<String, String> repositories;

    KnownBlobs(int capacity) {
        repositories = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized void seen(String registry, String repository, Digest blob) {
        repositories.put(registry + "/" + blob, repository);
    }

    /** A repository other than this one that has the blob. */
    synchronized Optional<String> elsewhere(String registry, String repository, Digest blob) {
        return Optional.ofNullable(repositories.get(registry + "/" + blob)).filter(other -> !other.equals(repository));
    }
}
