package dev.longshore.scan.deciding;

import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.kit.work.Background;
import dev.longshore.scan.Api;
import dev.longshore.scan.Infra;
import dev.longshore.scan.World;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.TestPush;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class RescansTest {

    private static final String REFERENCE = "again/old/api:1.0";

    @Inject
    Rescans rescans;

    @Inject
    Background background;

    @Test
    void matchesTheSbomWithANewDatabaseWithoutAskingTheRegistry() throws Exception {
        try (var registry =
                RegistryProcess.of(RegistryProcess.Kind.DISTRIBUTION_2).start()) {
            // Given
            World.register("again", registry.uri());
            var image = World.imageWithLog4j("2.14.1", "rescan");
            TestPush.to(registry.uri()).image("old/api", "1.0", image);
            World.OTHERS.pushed("again", "old/api", "1.0", image);
            eventually(() -> assertThat(databaseDate()).isEqualTo("2026-11-21T00:21:56Z"));
            Api.listed(REFERENCE);
            var reads = registry.accessLog("GET", "/v2/old/api/").size();

            // When
            sql("""
                    update scan set scanned_at = now() - interval '25 hours', database_updated_at = '2020-01-01'
                    where digest = '%s'""".formatted(image.digest()));
            sql("delete from finding where digest = '%s' and vulnerability = 'CVE-2021-44228'"
                    .formatted(image.digest()));
            sql("update schedule set due_at = now() where name = 'rescans'");
            run(rescans::requestRescans);

            // Then
            eventually(() -> assertThat(databaseDate()).isEqualTo("2026-11-21T00:21:56Z"));
            assertThat(Api.get("/api/v1/findings", "reference", REFERENCE)
                            .extract()
                            .jsonPath()
                            .<String>getList("items.vulnerability"))
                    .contains("CVE-2021-44228");
            assertThat(registry.accessLog("GET", "/v2/old/api/")).hasSize(reads);
        }
    }

    @Test
    void forgetsWhatNoRepositoryHasAnyMore() throws Exception {
        sql(
                "insert into scan (digest, project, requested_at, removed_at) values ('sha256:orphan', 'default', now(), now() - interval '8 days')");
        sql("update schedule set due_at = now() where name = 'orphans'");

        run(rescans::removeOrphans);

        assertThat(sql("delete from scan where digest = 'sha256:orphan'")).isZero();
    }

    private static String databaseDate() {
        return String.valueOf(Api.get("/api/v1/scans", "reference", REFERENCE)
                .extract()
                .jsonPath()
                .getString("items[0].databaseUpdatedAt"));
    }

    private void run(Supplier<Uni<Void>> work) throws Exception {
        var done = new CompletableFuture<Void>();
        background.run(work, () -> done.complete(null), done::completeExceptionally);
        done.get(20, TimeUnit.SECONDS);
    }

    private static int sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(Infra.LOCAL.jdbcUrl("scan"), "scan", "scan")) {
            return connection.createStatement().executeUpdate(statement);
        }
    }
}
