package dev.longshore.retention;

import java.sql.DriverManager;
import java.sql.SQLException;

/** The service's database, by SQL. */
final class Database {

    private Database() {}

    static int execute(String sql) {
        var url = World.setting("quarkus.datasource.jdbc.url");
        try (var connection = DriverManager.getConnection(url, "retention", "retention");
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
