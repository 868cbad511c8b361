package dev.longshore.gateway.session.postgres;

import dev.longshore.gateway.session.domain.PasswordHash;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Makes the account {@code admin} at the first start. Its password is in a file before the account is there, and is taken
 * from the file if an operator put one: whoever starts second, or again after a crash in between, comes to the same.
 */
@ApplicationScoped
class FirstAdministrator {

    private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);
    private static final String USERNAME = "admin";
    private static final String ROLE = "administrator";
    /** Any number, as long as nothing else in this database locks it. */
    private static final long LOCK = 0x6c6f6e6761646d6eL;

    private final DataSource database;
    private final Path passwordFile;

    FirstAdministrator(DataSource database, AccountsConfig config) {
        this.database = database;
        this.passwordFile = config.adminPasswordFile();
    }

    void makeIfMissing(@Observes StartupEvent event) throws SQLException, IOException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            lock(connection);
            if (!exists(connection)) {
                var file = new PasswordFile(passwordFile);
                insert(connection, PasswordHash.of(file.readOrMake(new SecureRandom())));
                LOG.infof("Made the account '%s'; its password is in %s", USERNAME, passwordFile);
            }
            connection.commit();
        }
    }

    /** Until the end of the transaction; another gateway that starts now waits. */
    private static void lock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select 1 from account where username = ?")) {
            statement.setString(1, USERNAME);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void insert(Connection connection, String hash) throws SQLException {
        try (var statement =
                connection.prepareStatement("insert into account (username, password_hash, role) values (?, ?, ?)")) {
            statement.setString(1, USERNAME);
            statement.setString(2, hash);
            statement.setString(3, ROLE);
            statement.executeUpdate();
        }
    }
}
