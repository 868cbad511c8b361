package dev.longshore.gateway.session.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.session.domain.PasswordHash;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class FirstAdministratorTest {

    @Inject
    DataSource database;

    @Inject
    AccountsConfig config;

    @TempDir
    Path home;

    @BeforeEach
    void connect() {
        // Another test may have stopped the database: connections from before are found to be broken one by one.
        Awaitility.await().ignoreExceptions().until(() -> !hashes().isEmpty());
    }

    @AfterEach
    void putTheRealOneBack() throws Exception {
        removeAccount();
        new FirstAdministrator(database, config).makeIfMissing(new StartupEvent());
    }

    @Test
    void isMadeOnceByGatewaysThatStartTogether() throws Exception {
        removeAccount();
        var file = home.resolve("admin-password");
        var start = (Callable<Void>) () -> {
            new FirstAdministrator(database, () -> file).makeIfMissing(new StartupEvent());
            return null;
        };

        try (var gateways = Executors.newFixedThreadPool(4)) {
            for (var done :
                    gateways.invokeAll(Stream.generate(() -> start).limit(4).toList())) {
                done.get();
            }
        }

        assertThat(hashes())
                .singleElement()
                .satisfies(hash -> assertThat(
                                PasswordHash.matches(Files.readString(file).strip(), hash))
                        .isTrue());
    }

    @Test
    void isNotMadeAgain() throws Exception {
        var before = hashes();

        new FirstAdministrator(database, () -> home.resolve("unused")).makeIfMissing(new StartupEvent());

        assertThat(hashes()).isEqualTo(before);
        assertThat(home.resolve("unused")).doesNotExist();
    }

    private List<String> hashes() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select password_hash from account where username = 'admin'")) {
            var found = new java.util.ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private void removeAccount() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("delete from account where username = 'admin'");
        }
    }
}
