package dev.longshore.push;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is in the database, by SQL alone. */
final class Rows {

    private Rows() {}

    /** The first column of each row as text. */
    static List<String> of(String sql, String... parameters) {
        try (var connection = DriverManager.getConnection(Infra.LOCAL.jdbcUrl("push"), "push", "push");
                var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < parameters.length; index++) {
                statement.setString(index + 1, parameters[index]);
            }
            var found = new ArrayList<String>();
            var rows = statement.executeQuery();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
