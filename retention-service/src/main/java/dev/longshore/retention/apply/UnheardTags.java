package dev.longshore.retention.apply;

import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.retention.postgres.Inventory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Tags that the registry lists and nobody told of: one may name what is to be deleted. Listed anew at most every half
 * minute, since a repository may have thousands.
 */
@ApplicationScoped
class UnheardTags {

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int REMEMBERED = 1000;

    private final Mutiny.SessionFactory sessions;
    private final Inventory inventory;
    private final Map<String, Long> clean = new ConcurrentHashMap<>();

    UnheardTags(Mutiny.SessionFactory sessions, Inventory inventory) {
        this.sessions = sessions;
        this.inventory = inventory;
    }

    /** One of them; empty if there is none. */
    Uni<Optional<String>> first(Retirement retirement) {
        var registry = retirement.planned().registry();
        var repository = retirement.planned().repository();
        var key = retirement.plan().execution() + " " + registry + "/" + repository;
        var cleanAt = clean.get(key);
        if (cleanAt != null && System.nanoTime() - cleanAt < FRESH.toNanos()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var listed = System.nanoTime();
        return retirement
                .client()
                .tags(repository)
                .collect()
                .asList()
                .onFailure(UnheardTags::isNotThere)
                .recoverWithItem(List.of())
                .chain(tags -> sessions.withSession(session -> inventory.tags(session, registry, repository))
                        .map(known -> tags.stream()
                                .filter(tag -> !known.contains(tag))
                                .findFirst()))
                .invoke(unheard -> {
                    if (unheard.isEmpty()) {
                        remember(key, listed);
                    }
                });
    }

    private void remember(String key, long listed) {
        if (clean.size() >= REMEMBERED) {
            clean.clear();
        }
        clean.put(key, listed);
    }

    private static boolean isNotThere(Throwable failure) {
        return failure instanceof Rejected rejected && rejected.isNotFound();
    }
}
