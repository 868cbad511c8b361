package dev.longshore.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.testkit.LocalInfra;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InfraIT {

    private static LocalInfra infra;

    @BeforeAll
    static void start() {
        infra = LocalInfra.start("scan", "push");
    }

    @AfterAll
    static void stop() {
        infra.close();
    }

    @Test
    void givesEachServiceADatabaseThatTheOthersCannotEnter() throws SQLException {
        try (var connection = connect("scan", "scan");
                var rows = connection.createStatement().executeQuery("select current_user")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("scan");
        }
        assertThatThrownBy(() -> connect("push", "scan")).hasMessageContaining("permission denied");
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(infra.jdbcUrl("scan"), "scan", "wrong"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void makesNoTopicByAskingForIt() {
        try (var admin = admin()) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("longshore.unheard-of"))
                            .allTopicNames()
                            .get(10, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void keepsTopicsAndRowsOverARestartOfBoth() throws Exception {
        // Given
        try (var admin = admin();
                var connection = connect("push", "push")) {
            admin.createTopics(Set.of(new NewTopic("kept", 3, (short) 1))).all().get(10, SECONDS);
            connection.createStatement().execute("create table kept as select 42 as answer");
        }

        // When
        infra.stopKafka();
        infra.stopPostgres();
        assertThatThrownBy(() -> connect("push", "push")).hasMessageContaining("refused");
        infra.startPostgres();
        infra.startKafka();

        // Then
        try (var admin = admin();
                var connection = connect("push", "push");
                var rows = connection.createStatement().executeQuery("select answer from kept")) {
            assertThat(admin.listTopics().names().get(10, SECONDS)).contains("kept");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    private static Connection connect(String database, String role) throws SQLException {
        return DriverManager.getConnection(infra.jdbcUrl(database), role, role);
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", infra.kafkaBootstrapServers()));
    }
}
