package dev.longshore.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryProcessTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsWhatWasPushedAcrossARestart(Kind kind) {
        assumeTrue(RegistryProcess.isAvailable(kind));
        try (var registry = RegistryProcess.of(kind).start()) {
            TestPush.to(registry.uri()).image("shop/api", "1.0", TestImages.index("restarted"));

            registry.stop();
            registry.start();

            TestPush.to(registry.uri())
                    .manifest("shop/api", "2.0", TestImages.index("restarted").manifest());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.MATCH_ALL, names = "DISTRIBUTION_.")
    void announcesAndLogsAPush(Kind kind) throws IOException {
        assumeTrue(RegistryProcess.isAvailable(kind));
        var announced = new CopyOnWriteArrayList<String>();
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            announced.add(exchange.getRequestHeaders().getFirst("Authorization")
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        receiver.start();
        var url = URI.create("http://127.0.0.1:%d/webhooks/left"
                .formatted(receiver.getAddress().getPort()));

        try (var registry = RegistryProcess.of(kind)
                .withUser("ci", "secret")
                .withNotifications(url, Map.of("Authorization", "Bearer s"))
                .start()) {
            TestPush.to(registry.uri(), "ci", "secret").image("shop/api", "1.0", TestImages.image("announced"));

            Awaitility.await()
                    .untilAsserted(() -> assertThat(announced)
                            .anySatisfy(event ->
                                    assertThat(event).startsWith("Bearer s").contains("\"tag\": \"1.0\"")));
            assertThat(registry.accessLog("PUT", "/v2/shop/api/manifests/1.0")).hasSize(1);
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void leavesNothingBehind() {
        assumeTrue(RegistryProcess.isAvailable(Kind.DISTRIBUTION_2));
        var before = children();
        var registry = RegistryProcess.of(Kind.DISTRIBUTION_2).start();
        assertThat(children()).hasSize(before.size() + 1);

        registry.close();

        assertThat(children()).hasSameSizeAs(before);
        assertThat(Files.exists(registry.folder())).isFalse();
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }
}
