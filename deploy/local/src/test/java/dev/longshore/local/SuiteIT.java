package dev.longshore.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.local.machine.PidFile;
import dev.longshore.local.machine.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Map<String, String> variables = new TreeMap<>();
    private final int configPort = Ports.free();
    private final int postgresPort = Ports.free();
    private Path home;
    private Process suite;

    @BeforeEach
    void start() throws IOException {
        home = folder.resolve("home");
        FakeService.build(folder, Service.CONFIG);
        variables.put("LONGSHORE_ROOT", folder.toString());
        variables.put("LONGSHORE_HOME", home.toString());
        variables.put("LONGSHORE_CONFIG_PORT", String.valueOf(configPort));
        variables.put("LONGSHORE_POSTGRES_PORT", String.valueOf(postgresPort));
        variables.put("LONGSHORE_KAFKA_PORT", String.valueOf(Ports.free()));
        variables.put("LONGSHORE_KAFKA_CONTROLLER_PORT", String.valueOf(Ports.free()));
        suite = startSuite();
    }

    @AfterEach
    void stop() throws Exception {
        suite.destroy();
        assertThat(suite.waitFor(60, SECONDS)).isTrue();
        assertThat(pidFile().running()).isEmpty();
    }

    @Test
    void startsWhatIsBuiltWithItsOwnDatabaseAndNobodyElsesPassword() throws Exception {
        // When
        var told = answerOfConfigService();

        // Then
        var scanPassword = passwords()
                .lines()
                .filter(line -> line.startsWith("scan="))
                .map(line -> line.substring("scan=".length()))
                .findFirst()
                .orElseThrow();
        assertThat(told)
                .contains("QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:" + postgresPort + "/config")
                .contains("QUARKUS_DATASOURCE_USERNAME=config")
                .doesNotContain("LONGSHORE_CONFIG_PORT")
                .doesNotContain(scanPassword);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("keys"))))
                .isEqualTo("rwx------");
    }

    @Test
    void makesSurePostgresWritesToDiskBeforeItSaysSo() throws Exception {
        answerOfConfigService();
        var password = passwords()
                .lines()
                .filter(line -> line.startsWith("config="))
                .map(line -> line.substring("config=".length()))
                .findFirst()
                .orElseThrow();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + postgresPort + "/config", "config", password);
                var rows = connection
                        .createStatement()
                        .executeQuery("select current_setting('fsync'), current_setting('synchronous_commit')")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("on");
            assertThat(rows.getString(2)).isEqualTo("on");
        }
    }

    @Test
    void startsAServiceAgainThatWasKilled() throws Exception {
        // Given
        answerOfConfigService();
        var first = pidFile().running().orElseThrow();

        // When
        first.destroyForcibly();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pidFile().running())
                        .hasValueSatisfying(process -> assertThat(process.pid()).isNotEqualTo(first.pid())));
        answerOfConfigService();
    }

    @Test
    void leavesServicesRunningWhenItIsKilledAndAdoptsThemAfterwards() throws Exception {
        // Given
        answerOfConfigService();
        var service = pidFile().running().orElseThrow();

        // When
        suite.destroyForcibly().waitFor();
        suite = startSuite();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.readString(home.resolve("logs/suite.log")))
                        .contains("config-service still runs as process " + service.pid() + " and is adopted"));
        assertThat(pidFile().running()).hasValue(service);
    }

    @Test
    void namesThePortThatIsTakenAndTheVariableThatChangesIt() throws Exception {
        // Given
        answerOfConfigService();
        variables.put("LONGSHORE_HOME", folder.resolve("second").toString());

        // When
        var second = startSuite();

        // Then
        assertThat(second.waitFor(60, SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(78);
        assertThat(folder.resolve("second/run/failed"))
                .hasContent("Port " + configPort + ", which config-service wants, is taken by another program:"
                        + " stop it, or set LONGSHORE_CONFIG_PORT to a free port");
    }

    private Process startSuite() throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=" + Logs.class.getName(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LocalSuite.class.getName());
        builder.environment().putAll(variables);
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("suite.out").toFile())
                .start();
    }

    private String answerOfConfigService() {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + configPort + "/"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(
                            () -> client.send(request, HttpResponse.BodyHandlers.ofString())
                                    .body(),
                            body -> true);
        }
    }

    private String passwords() throws IOException {
        return Files.readString(home.resolve("keys/postgres-passwords.properties"));
    }

    private PidFile pidFile() {
        return new PidFile(home.resolve("run/config-service.pid"));
    }
}
