package dev.longshore.oci.client;

import static dev.longshore.oci.client.ClientFixture.await;
import static dev.longshore.oci.client.ClientFixture.digest;
import static dev.longshore.oci.client.ClientFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference.Pinned;
import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.RegistryException.ForbiddenAddress;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardsTest {

    @RegisterExtension
    final ClientFixture clients = new ClientFixture();

    private final TestImage image = TestImages.image("guarded");
    private ScriptedRegistry registry;

    @BeforeEach
    void start() {
        registry = ScriptedRegistry.start();
        registry.hold("shop/api", "latest", image);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void asksBeforeEveryChangeAndNoRead() {
        var asked = new AtomicInteger();
        var client = clients.client(registry.uri())
                .guardedBy(() -> Uni.createFrom().voidItem().invoke(asked::incrementAndGet));

        await(client.getManifest(new Tagged("shop/api", "latest")));
        await(client.headBlob("shop/api", digest(image)));
        assertThat(asked).hasValue(0);

        await(client.putBlob("shop/api", "x/y", new byte[] {1, 2}));
        assertThat(asked).hasValue(2);
        put(client, new Tagged("shop/api", "next"), image);
        await(client.deleteTag(new Tagged("shop/api", "next")));
        await(client.mountBlob("shop/other", Digest.of(new byte[] {1, 2}), "shop/api"));
        assertThat(asked).hasValue(5);
        assertThat(registry.requests().stream().filter(request -> !"GET HEAD".contains(request.method())))
                .hasSize(5);
    }

    @Test
    void changesNothingThatTheGuardForbids() {
        var client = clients.client(registry.uri())
                .guardedBy(() -> Uni.createFrom().failure(new IllegalStateException("frozen")));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> put(client, new Tagged("shop/api", "next"), image))
                .withMessage("frozen");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> await(client.deleteManifest(new Pinned("shop/api", digest(image)))));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> await(client.mountBlob("shop/b", digest(image), "shop/api")));
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void asksTheClientsOwnGuardToo() {
        var client = clients.client(
                        registry.uri(),
                        options -> options.withChangeGuard(
                                () -> Uni.createFrom().failure(new IllegalStateException("read only"))))
                .guardedBy(() -> Uni.createFrom().voidItem());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> put(client, new Tagged("shop/api", "next"), image))
                .withMessage("read only");
    }

    @Test
    void doesNotConnectToAForbiddenAddress() {
        var strict = clients.client(registry.uri(), options -> options.withAddressGuard(AddressGuard.of(false)));

        assertThat(catchThrowableOfType(ForbiddenAddress.class, () -> await(strict.ping())))
                .hasMessage(
                        "Could not reach the registry at %s: 127.0.0.1 is at 127.0.0.1 (loopback), a private address"
                                .formatted(registry.uri()));
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void isNotRedirectedToAForbiddenAddress() {
        registry.answer("GET", "/v2/.*", 1, Reply.redirect(302, URI.create("http://169.254.169.254/latest/meta-data")));

        assertThat(catchThrowableOfType(
                        ForbiddenAddress.class,
                        () -> await(clients.client(registry.uri()).getManifest(new Tagged("shop/api", "latest")))))
                .hasMessageEndingWith("169.254.169.254 is at 169.254.169.254 (link-local), a forbidden address");
    }

    @Test
    void connectsToTheAddressThatItHasChecked() {
        var resolved = new AtomicInteger();
        var guard = AddressGuard.of(true, host -> {
            // The second answer is what a name that changes its mind would say.
            var first = resolved.getAndIncrement() == 0;
            return new InetAddress[] {InetAddress.ofLiteral(first ? "127.0.0.1" : "169.254.169.254")};
        });
        var uri = URI.create("http://registry.example:" + registry.uri().getPort());
        var client = clients.client(uri, options -> options.withAddressGuard(guard));

        await(client.ping());

        assertThat(resolved).hasValue(1);
        assertThat(registry.requests().getFirst().header("Host")).contains(uri.getAuthority());
    }
}
