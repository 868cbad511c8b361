package dev.longshore.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.config.suite.Api;
import dev.longshore.config.suite.SecuredSurroundings;
import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.TestCertificates;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The service and its database with TLS, as docs/operations/tls.md configures them. */
@QuarkusTest
@TestProfile(SecuredConnectionsTest.Secured.class)
@QuarkusTestResource(value = SecuredSurroundings.class, restrictToAnnotatedClass = true)
class SecuredConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PATH = "/api/v1/registries";

    public static class Secured implements QuarkusTestProfile {}

    @TestHTTPResource(value = "/", tls = true)
    URL address;

    @Inject
    Pool pool;

    @Inject
    DataSource dataSource;

    @Test
    void takesCallersWithACertificateOfTheAuthorityAlone() throws Exception {
        var token = InternalTokens.in(Api.home()).forOperation("config-service", "GET " + PATH, Duration.ofMinutes(1));

        assertThat(get("gateway", token)).isEqualTo(200);
        // A certificate is not enough.
        assertThat(get("gateway", "")).isEqualTo(401);
        assertThatThrownBy(() -> get("", token)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get("stranger", token)).isInstanceOf(IOException.class);
    }

    @Test
    void showsACertificateOfTheAuthority() {
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri()).build(), BodyHandlers.discarding()))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void hasNoDoorWithoutTls() {
        var plain = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));

        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(plain.resolve(PATH)).build(), BodyHandlers.discarding()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void speaksTlsToPostgres() throws SQLException {
        var sql = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";

        assertThat(pool.query(sql)
                        .execute()
                        .await()
                        .atMost(PATIENCE)
                        .iterator()
                        .next()
                        .getBoolean(0))
                .isTrue();
        try (Connection connection = dataSource.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next() && rows.getBoolean(1)).isTrue();
        }
    }

    private int get(String certificate, String token) throws IOException, InterruptedException {
        var folder = ConfigProvider.getConfig().getValue("certificates", Path.class);
        var request = HttpRequest.newBuilder(uri());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(TestCertificates.at(folder).clientContext(certificate))
                .build()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private URI uri() {
        return URI.create("https://127.0.0.1:" + address.getPort() + PATH);
    }
}
