package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Certificates;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(TlsTest.WithCertificate.class)
class TlsTest {

    /** A certificate that is looked at every second, and pages of one other origin. */
    public static class WithCertificate implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var folder = Files.createTempDirectory("longshore-door-");
                Certificates.into(folder);
                return Map.of(
                        "longshore.door.tls.certificate",
                                folder.resolve("tls.crt").toString(),
                        "longshore.door.tls.key", folder.resolve("tls.key").toString(),
                        "longshore.door.tls.reload", "1s",
                        "longshore.door.tls.plain", "redirect",
                        "quarkus.http.test-ssl-port", "0",
                        "longshore.door.cors.origins", "https://console.example");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @TestHTTPResource(value = "/", tls = true)
    URL door;

    @Test
    void speaksHttp2AndTellsBrowsersToStayWithTls() throws Exception {
        var answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    }

    @Test
    void sendsOnWhoComesWithoutTls() {
        var answer = Api.anonymous().get("/openapi");

        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(
                        address -> assertThat(address).startsWith("https://").endsWith("/openapi"));
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void takesWhatIsSafe(String version) throws Exception {
        try (var socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();

            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    /** A client's greeting of SSL 3.0, TLS 1.0, 1.1; and of 1.2, to see that the greeting is one. */
    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0302"})
    void refusesWhatIsNot(String version) throws Exception {
        assertThat(greet(version)).startsWith("15").endsWith("0246");
        assertThat(greet("0303")).startsWith("16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void agreesWithOpensslOnWhatIsSafe(String version) throws Exception {
        assertThat(openssl(version)).contains("New, " + version.replace("-tls1_", "TLSv1."));
    }

    /** Lowered so far that it would agree itself. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void tellsOpensslThatTheVersionIsNotTaken(String version) throws Exception {
        assertThat(openssl(version)).contains("alert protocol version").contains("Cipher is (NONE)");
    }

    private String openssl(String version) throws Exception {
        var program = Path.of("/usr/bin/openssl");
        assumeThat(program).exists();
        var process = new ProcessBuilder(
                        program.toString(),
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + port(),
                        version,
                        "-cipher",
                        "ALL:@SECLEVEL=0")
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void takesANewCertificateWithoutARestart() throws Exception {
        var before = served();
        assertThat(served()).isEqualTo(before);

        Certificates.into(ConfigProvider.getConfig()
                .getValue("longshore.door.tls.certificate", Path.class)
                .getParent());

        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(served()).isNotEqualTo(before));
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void letsPagesOfListedOriginsIn() throws Exception {
        var listed = preflight("https://console.example");
        var other = preflight("https://evil.example");

        assertThat(listed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://console.example");
        assertThat(listed.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("PUT"));
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(other.statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        return send(request("/api/v1/registries/left")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "Authorization"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:%d%s".formatted(port(), path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private String served() throws Exception {
        try (var socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber()
                    .toString();
        }
    }

    /** The first seven bytes of what is answered to a greeting: a record's head, and an alert's two bytes or more. */
    private String greet(String version) throws IOException {
        var suites = "c02bc02fc009c013002f0035";
        var groups = "000a00040002" + "0017" + "000b00020100" + "000d000600040403" + "0804";
        var hello = version + "11".repeat(32) + "00" + "%04x".formatted(suites.length() / 2) + suites + "0100"
                + "%04x".formatted(groups.length() / 2) + groups;
        var handshake = "01%06x".formatted(hello.length() / 2) + hello;
        var record = "160301%04x".formatted(handshake.length() / 2) + handshake;
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(record));
            return HexFormat.of().formatHex(socket.getInputStream().readNBytes(7));
        }
    }

    private int port() {
        return door.getPort();
    }

    private static SSLContext trusting() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everyone()}, new SecureRandom());
        return context;
    }

    private static final class Everyone extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
