package dev.longshore.config.suite;

import dev.longshore.testkit.LocalInfra;
import dev.longshore.testkit.TestCertificates;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** HTTPS with certificates on both sides, and a PostgreSQL whose certificate is checked. As docs/operations/tls.md has it. */
public class SecuredSurroundings implements QuarkusTestResourceLifecycleManager {

    private final Surroundings usual = new Surroundings();

    @Override
    public Map<String, String> start() {
        try {
            var certificates = TestCertificates.in(Files.createTempDirectory("longshore-certificates-"));
            var infra = LocalInfra.shared("config");
            secure(infra, certificates);
            var properties = new HashMap<>(usual.start());
            properties.put("certificates", certificates.authority().getParent().toString());
            properties.put(
                    "quarkus.tls.service.key-store.p12.path",
                    certificates.keyStore("service").toString());
            properties.put("quarkus.tls.service.key-store.p12.password", TestCertificates.PASSWORD);
            properties.put(
                    "quarkus.tls.service.trust-store.p12.path",
                    certificates.trustStore().toString());
            properties.put("quarkus.tls.service.trust-store.p12.password", TestCertificates.PASSWORD);
            properties.put("quarkus.http.tls-configuration-name", "service");
            properties.put("quarkus.http.insecure-requests", "disabled");
            properties.put("quarkus.http.test-ssl-port", "0");
            properties.put("longshore.service-tls.client-certificates", "required");
            properties.put(
                    "quarkus.datasource.jdbc.url",
                    infra.jdbcUrl("config") + "?sslmode=verify-full&sslrootcert=" + certificates.authority());
            properties.put("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full");
            properties.put("quarkus.datasource.reactive.hostname-verification-algorithm", "HTTPS");
            properties.put("quarkus.datasource.reactive.trust-certificate-pem", "true");
            properties.put(
                    "quarkus.datasource.reactive.trust-certificate-pem.certs",
                    certificates.authority().toString());
            return properties;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException("Could not secure PostgreSQL", failure);
        }
    }

    /** The key has to be the server's own user's: the server writes it itself. Who does not ask for TLS goes on without. */
    private static void secure(LocalInfra infra, TestCertificates certificates) throws SQLException {
        try (var connection = DriverManager.getConnection(infra.jdbcUrl("postgres"), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("""
                    do $do$ begin
                      execute format('copy (select unnest(string_to_array(%%L, chr(10)))) to program %%L', '%s',
                        format('umask 077; cat > %%s/service.pem', current_setting('data_directory')));
                    end $do$""".formatted(certificates.pem("service")));
            statement.execute("alter system set ssl_cert_file = 'service.pem'");
            statement.execute("alter system set ssl_key_file = 'service.pem'");
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        }
    }

    @Override
    public void stop() {
        usual.stop();
    }
}
