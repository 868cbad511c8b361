package dev.longshore.oci.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.Governor;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImages;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hibernate Reactive goes on only where its session was opened, so answers come back to where they were asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallersContextTest {

    @RegisterExtension
    final ClientFixture clients = new ClientFixture();

    @Test
    void answersWhereItWasAskedThoughTicketsTokensAndTimersAreSharedByAll() {
        try (var registry = ScriptedRegistry.start().withTokens("ci", "secret", Duration.ofMinutes(1))) {
            registry.hold("shop/api", "latest", TestImages.image("asked from many places"));
            registry.answer("GET", "/v2/.*", 3, Reply.of(503));
            var client = clients.client(
                    registry.uri(),
                    options -> options.withGovernor(Governor.ofConcurrency(1))
                            .withCredentials(new Credentials.Basic("ci", "secret")));

            var answers = IntStream.range(0, 12)
                    .mapToObj(_ -> ask(client, clients.vertx().getDelegate()))
                    .toList();

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer)
                            .succeedsWithin(Duration.ofSeconds(20))
                            .isEqualTo(true));
        }
    }

    private static CompletableFuture<Boolean> ask(RegistryClient client, Vertx vertx) {
        var cameBack = new CompletableFuture<Boolean>();
        Context asker = vertx.getOrCreateContext();
        asker.runOnContext(_ -> client.getManifest(new Tagged("shop/api", "latest"))
                .subscribe()
                .with(
                        found -> cameBack.complete(found.isPresent() && Vertx.currentContext() == asker),
                        cameBack::completeExceptionally));
        return cameBack;
    }
}
