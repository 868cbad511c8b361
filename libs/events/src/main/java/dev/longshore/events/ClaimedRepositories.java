package dev.longshore.events;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a project claims of a registry, which may be another project's.
 *
 * @param repositories globs, any of which makes a repository the project's: see {@link RepositoryOwners}
 */
public record ClaimedRepositories(String registry, List<String> repositories) {

    /** The globs by registry. */
    public static Map<String, Set<String>> byRegistry(@Nullable List<ClaimedRepositories> claimed) {
        var found = new HashMap<String, Set<String>>();
        if (claimed != null) {
            claimed.forEach(each ->
                    found.computeIfAbsent(each.registry(), _ -> new HashSet<>()).addAll(each.repositories()));
        }
        return found;
    }
}
