package dev.longshore.local.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A role and a database of its own for each service; the superuser's connection to make them with. */
public final class PostgresAccounts {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final String superuserPassword;

    public PostgresAccounts(int port, String superuserPassword) {
        this.port = port;
        this.superuserPassword = superuserPassword;
    }

    /** Waits until PostgreSQL answers, then makes what is missing; passwords are set anew each time. */
    public void create(Map<String, String> passwordsByDatabase) throws SQLException {
        try (var connection = connectWhenReady();
                var statement = connection.createStatement()) {
            for (var account : passwordsByDatabase.entrySet()) {
                create(statement, account.getKey(), account.getValue());
            }
        }
    }

    private static void create(Statement statement, String name, String password) throws SQLException {
        var role = statement.enquoteIdentifier(name, true);
        var exists = exists(statement, "select 1 from pg_roles where rolname = " + statement.enquoteLiteral(name));
        statement.execute((exists ? "alter" : "create") + " role " + role + " login password "
                + statement.enquoteLiteral(password));
        if (!exists(statement, "select 1 from pg_database where datname = " + statement.enquoteLiteral(name))) {
            statement.execute("create database " + role + " owner " + role);
            statement.execute("revoke all on database " + role + " from public");
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private Connection connectWhenReady() throws SQLException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", superuserPassword);
            } catch (SQLException notYet) {
                var refusedForGood = "28P01".equals(notYet.getSQLState());
                if (refusedForGood || System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }
}
