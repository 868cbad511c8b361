package dev.longshore.replication;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the service's database holds, by SQL. */
final class Database {

    private Database() {}

    /** State, code and reason of each copy from this source. */
    static List<String> tasks(String source) {
        return query("select concat_ws(' ', state, error_code, error) from task where kind = 'copy'"
                + " and payload::jsonb ->> 'source' = '%s' order by id".formatted(source));
    }

    static List<String> tasks(String execution, String source) {
        return query(
                "select concat_ws(' ', state, error_code, error) from task where kind = 'copy' and execution_id = '%s'"
                                .formatted(execution)
                        + " and payload::jsonb ->> 'source' = '%s' order by id".formatted(source));
    }

    static String execution(String source) {
        return query(
                        "select execution_id from task where kind = 'copy' and payload::jsonb ->> 'source' = '%s' order by id desc"
                                .formatted(source))
                .getFirst();
    }

    /** Digests that are remembered as copied from this source. */
    static List<String> copied(String source) {
        return query(
                "select digest from replica where source_registry || '/' || source_repository || ':' || source_reference = '%s'"
                        .formatted(source));
    }

    private static List<String> query(String sql) {
        var url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        try (var connection = DriverManager.getConnection(url, "replication", "replication");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
