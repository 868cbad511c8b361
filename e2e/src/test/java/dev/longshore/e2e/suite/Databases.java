package dev.longshore.e2e.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The services' databases, read with each service's own role. */
public final class Databases {

    private final Suite suite;

    public Databases(Suite suite) {
        this.suite = suite;
    }

    /** The first column's texts. */
    public List<String> texts(Part service, String query) {
        try {
            return read(service, query);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not ask the database of " + service.title() + ": " + query, e);
        }
    }

    /** Of a {@code select count(*)}. */
    public long count(Part service, String query) {
        return Long.parseLong(texts(service, query).getFirst());
    }

    /** The same, or -1 while the database cannot be asked. */
    public long countIfThere(Part service, String query) {
        try {
            return Long.parseLong(read(service, query).getFirst());
        } catch (SQLException _) {
            return -1;
        }
    }

    private List<String> read(Part service, String query) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=2&socketTimeout=10&loginTimeout=3"
                .formatted(suite.postgresPort(), service.database());
        try (var connection = DriverManager.getConnection(url, service.database(), password(service));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private String password(Part service) {
        var passwords = new Properties();
        try (var stream = Files.newInputStream(suite.home().resolve("keys/postgres-passwords.properties"))) {
            passwords.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return passwords.getProperty(service.database());
    }
}
