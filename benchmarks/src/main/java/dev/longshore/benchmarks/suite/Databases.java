package dev.longshore.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The services' databases, each by its own role. Looking there costs next to nothing, unlike asking the API. */
public final class Databases {

    private Databases() {}

    /** @param name of database and role: {@code push}, {@code scan}, … */
    public static Connection connect(Suite suite, String name) throws IOException, SQLException {
        var passwords = new Properties();
        try (var stream = Files.newInputStream(suite.home().resolve("keys/postgres-passwords.properties"))) {
            passwords.load(stream);
        }
        var url = "jdbc:postgresql://127.0.0.1:%s/%s".formatted(suite.port("postgres"), name);
        return DriverManager.getConnection(url, name, passwords.getProperty(name));
    }
}
