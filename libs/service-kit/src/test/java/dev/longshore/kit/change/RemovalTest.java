package dev.longshore.kit.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.kit.Infra;
import dev.longshore.kit.row.Removal;
import dev.longshore.kit.work.Background;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** With an entity of the kit itself. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class RemovalTest {

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    Freezes freezes;

    @Inject
    Background background;

    @Test
    void manyAtOnceEndAndAreTold() {
        // Given
        var scopes = IntStream.range(0, 300)
                .mapToObj(number -> "registry:removed-" + number)
                .toList();
        allAtOnce(scopes, (session, scope) -> freezes.set(session, scope, "a test"));

        // When
        allAtOnce(
                scopes,
                (session, scope) -> session.find(Freeze.class, scope).chain(row -> Removal.of(session, row, scope)));

        // Then
        allAtOnce(
                scopes,
                (session, scope) -> session.find(Freeze.class, scope)
                        .invoke(row -> assertThat(row).isNull())
                        .replaceWithVoid());
    }

    private interface Work {
        Uni<Void> in(Mutiny.Session session, String scope);
    }

    /** Each on a context of its own, over all event loops. */
    private void allAtOnce(List<String> scopes, Work work) {
        var ends = scopes.stream()
                .map(scope -> {
                    var end = new CompletableFuture<Void>();
                    background.run(
                            () -> sessions.withTransaction((session, _) -> work.in(session, scope)),
                            () -> end.complete(null),
                            end::completeExceptionally);
                    return end;
                })
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends).orTimeout(30, TimeUnit.SECONDS).join();
    }
}
