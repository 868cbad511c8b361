package dev.longshore.oci.client;

import static dev.longshore.oci.client.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.oci.client.http.Timeouts;
import dev.longshore.oci.client.http.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind a certificate that the platform does not know. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {

    private static final String PASSWORD = "changeit";
    private static final Timeouts ONCE =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), 1);

    @RegisterExtension
    final ClientFixture clients = new ClientFixture();

    private final Map<String, Map<String, String>> redirects = new ConcurrentHashMap<>();
    private HttpsServer server;
    private String certificate;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        keytool("-genkeypair", folder, "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(
                "-exportcert",
                folder,
                "-rfc",
                "-file",
                folder.resolve("certificate.pem").toString());
        certificate = Files.readString(folder.resolve("certificate.pem"));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(folder)));
        server.createContext("/", exchange -> {
            var headers = redirects.getOrDefault(exchange.getRequestURI().getPath(), Map.of());
            headers.forEach(exchange.getResponseHeaders()::set);
            var status = headers.containsKey("Location") ? 302 : headers.isEmpty() ? 200 : 401;
            var body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    @Test
    void trustsTheBundleThatItWasGiven() {
        await(client("localhost", new Tls(true, certificate, null, null)).ping());
    }

    @Test
    void trustsNobodyElse() {
        assertThat(catchThrowableOfType(
                        Unavailable.class,
                        () -> await(client("localhost", Tls.defaults()).ping())))
                .hasMessageContaining("TLS failed");
    }

    @Test
    void checksTheHostsName() {
        assertThat(catchThrowableOfType(
                        Unavailable.class,
                        () -> await(client("127.0.0.1", new Tls(true, certificate, null, null))
                                .ping())))
                .hasMessageContaining("TLS failed");
    }

    @Test
    void checksNothingIfToldSo() {
        await(client("127.0.0.1", new Tls(false, null, null, null)).ping());
    }

    @Test
    void isNotLedAwayFromTls() {
        redirects.put("/v2/shop/api/manifests/latest", Map.of("Location", "http://localhost:1/elsewhere"));

        assertThat(catchThrowableOfType(
                        InvalidAnswer.class,
                        () -> await(client("localhost", new Tls(true, certificate, null, null))
                                .getManifest(new Tagged("shop/api", "latest")))))
                .hasMessageEndingWith("the registry redirects from https to http");
    }

    @Test
    void sendsNoPasswordToATokenServiceWithoutTls() {
        redirects.put(
                "/v2/shop/web/manifests/latest",
                Map.of("WWW-Authenticate", "Bearer realm=\"http://localhost:1/token\""));

        assertThat(catchThrowableOfType(
                        InvalidAnswer.class,
                        () -> await(client("localhost", new Tls(true, certificate, null, null))
                                .getManifest(new Tagged("shop/web", "latest")))))
                .hasMessageEndingWith("the registry names a token service without TLS");
    }

    private RegistryClient client(String host, Tls tls) {
        var uri = URI.create("https://%s:%d".formatted(host, server.getAddress().getPort()));
        return clients.client(
                uri,
                options ->
                        options.withTls(tls).withTimeouts(ONCE).withCredentials(new Credentials.Basic("ci", "secret")));
    }

    private static SSLContext context(Path folder) throws Exception {
        var store = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String command, Path folder, String... more) throws IOException, InterruptedException {
        var whole = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                "tests",
                "-storepass",
                PASSWORD,
                "-keystore",
                folder.resolve("keys.p12").toString()));
        whole.addAll(List.of(more));
        var process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
