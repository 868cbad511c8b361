package dev.longshore.oci.client;

import static dev.longshore.oci.client.ClientFixture.await;
import static dev.longshore.testkit.Eventually.eventuallyTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.http.Governor;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImages;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is stopped stops now: its connection is cut, and its place is free for others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancellationTest {

    private static final Tagged LATEST = new Tagged("shop/api", "latest");

    @RegisterExtension
    final ClientFixture clients = new ClientFixture();

    @Test
    void cutsTheConnectionOfARequestThatWasSent() throws Exception {
        try (var silent = new Silent("")) {
            var client = clients.client(silent.uri());

            var subscription = client.getManifest(LATEST).subscribe().with(_ -> {}, _ -> {});
            silent.received.get(5, TimeUnit.SECONDS);
            subscription.cancel();

            assertThat(silent.closed.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void cutsTheConnectionOfABlobThatIsBeingRead() throws Exception {
        var head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegin";
        try (var silent = new Silent(head)) {
            var client = clients.client(silent.uri());
            var blob = await(client.getBlob("shop/api", Digest.of(new byte[0]))).orElseThrow();

            var reader = blob.content().subscribe().withSubscriber(AssertSubscriber.create(10));
            eventuallyTrue(() -> !reader.getItems().isEmpty());
            reader.cancel();

            assertThat(silent.closed.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void cutsTheConnectionOfABlobThatNobodyWants() throws Exception {
        try (var silent = new Silent("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegin")) {
            await(clients.client(silent.uri()).getBlob("shop/api", Digest.of(new byte[0])))
                    .orElseThrow()
                    .cancel();

            assertThat(silent.closed.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void cutsTheConnectionOfAPush() throws Exception {
        var head = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nLocation: /upload\r\n\r\n";
        try (var silent = new Silent(head)) {
            var endless = Multi.createBy()
                    .repeating()
                    .supplier(() -> Buffer.buffer(new byte[10_000]))
                    .indefinitely();
            var blob = Descriptor.of("x/y", Digest.of(new byte[0]), Long.MAX_VALUE);

            var subscription = clients.client(silent.uri())
                    .putBlob("shop/api", blob, endless)
                    .subscribe()
                    .with(_ -> {}, _ -> {});
            silent.receivedMuch.get(5, TimeUnit.SECONDS);
            subscription.cancel();

            assertThat(silent.closed.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void givesItsPlaceToTheNext() {
        try (var registry = ScriptedRegistry.start()) {
            registry.hold("shop/api", "latest", TestImages.image("one at a time"));
            registry.answer("GET", ".*", 1, Reply.of(200).after(Duration.ofSeconds(20)));
            var client = clients.client(registry.uri(), options -> options.withGovernor(Governor.ofConcurrency(1)));

            var slow = client.getManifest(LATEST).subscribe().with(_ -> {}, _ -> {});
            eventuallyTrue(() -> registry.requests().size() == 1);
            var waiting = IntStream.range(0, 5)
                    .mapToObj(_ -> client.getManifest(LATEST).subscribe().with(_ -> {}, _ -> {}))
                    .toList();
            waiting.forEach(Cancellable::cancel);
            slow.cancel();

            assertThat(await(client.getManifest(LATEST))).isPresent();
        }
    }

    @Test
    void keepsToTheConcurrencyThatItWasGiven() {
        try (var registry = ScriptedRegistry.start()) {
            var image = TestImages.image("two at a time");
            registry.hold("shop/api", "latest", image);
            var client = clients.client(registry.uri(), options -> options.withGovernor(Governor.ofConcurrency(1)));
            var layer = Digest.parse(image.blobs().getLast().digest());

            var held = await(client.getBlob("shop/api", layer)).orElseThrow();
            var next = client.getManifest(LATEST).subscribeAsCompletionStage();
            assertThat(registry.requests("GET", ".*/manifests/.*")).isEmpty();
            ClientFixture.read(held);

            assertThat(next).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void copiesInBothDirectionsDoNotWaitForEachOther() {
        try (var left = ScriptedRegistry.start();
                var right = ScriptedRegistry.start()) {
            var image = TestImages.image("both ways");
            left.hold("from/left", "latest", image);
            right.hold("from/right", "latest", image);
            var leftClient = clients.client(left.uri(), options -> options.withGovernor(Governor.ofConcurrency(1)));
            var rightClient = clients.client(right.uri(), options -> options.withGovernor(Governor.ofConcurrency(1)));
            var there = new BlobCopier(leftClient, rightClient);
            var back = new BlobCopier(rightClient, leftClient);
            var blob = ClientFixture.descriptor(image.blobs().getLast());

            var copies = IntStream.range(0, 20)
                    .mapToObj(i -> i % 2 == 0
                            ? there.copy("from/left", "to/r" + i, blob, Optional.empty())
                            : back.copy("from/right", "to/l" + i, blob, Optional.empty()))
                    .toList();

            assertThat(await(Uni.join().all(copies).andFailFast())).containsOnly(BlobCopier.Outcome.COPIED);
        }
    }

    @Test
    void stopsTheSourceOfAPushThatTheRegistryRefuses() {
        try (var registry = ScriptedRegistry.start()) {
            registry.answer("PUT", ".*", 1, Reply.error(403, "DENIED", "no"));
            var stopped = new AtomicBoolean();
            var slow = Multi.createFrom()
                    .items(Buffer.buffer("12345"))
                    .onTermination()
                    .invoke(() -> stopped.set(true));
            var blob = Descriptor.of("x/y", Digest.of("12345".getBytes(StandardCharsets.UTF_8)), 5);

            assertThatExceptionOfType(RegistryException.Rejected.class)
                    .isThrownBy(() -> await(clients.client(registry.uri()).putBlob("shop/api", blob, slow)));
            assertThat(stopped).isTrue();
        }
    }

    /** A server that reads, says what it was told to say once, and then nothing. */
    private static final class Silent implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> received = new CompletableFuture<>();
        private final CompletableFuture<Void> receivedMuch = new CompletableFuture<>();
        private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
        private final String answer;

        Silent(String answer) throws IOException {
            this.answer = answer;
            Executors.newVirtualThreadPerTaskExecutor().execute(this::serve);
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort());
        }

        private void serve() {
            try (var socket = server.accept()) {
                readUntilClosed(socket);
                closed.complete(true);
            } catch (IOException _) {
                closed.complete(true);
            }
        }

        private void readUntilClosed(Socket socket) throws IOException {
            var buffer = new byte[64 * 1024];
            var answered = false;
            var total = 0L;
            for (var read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                total += read;
                if (total == 0) {
                    continue;
                }
                if (!answered) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    answered = true;
                }
                received.complete(null);
                if (total > 1_000_000) {
                    receivedMuch.complete(null);
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
