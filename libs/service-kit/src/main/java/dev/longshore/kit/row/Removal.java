package dev.longshore.kit.row;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Removes an entity's row by a statement. What {@link Mutiny.Session#remove} waits for is a field that all sessions share
 * (hibernate-reactive issue 1713): of two that remove an entity of one kind at the same time, each can be told of the
 * other's end, or wait for ever.
 */
public final class Removal {

    private Removal() {}

    /**
     * At once, after all that was written before. The session knows the entity no more.
     *
     * @throws IllegalStateException if there is no such row
     */
    public static Uni<Void> of(Mutiny.Session session, Object row, Object id) {
        var entity = row.getClass().getSimpleName();
        return session.flush()
                .chain(() -> session.createMutationQuery("delete from %s e where id(e) = :id".formatted(entity))
                        .setParameter("id", id)
                        .executeUpdate())
                .invoke(removed -> {
                    if (removed != 1) {
                        throw new IllegalStateException("There is no %s %s to remove".formatted(entity, id));
                    }
                    session.detach(row);
                })
                .replaceWithVoid();
    }
}
