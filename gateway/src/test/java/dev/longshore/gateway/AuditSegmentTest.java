package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.gateway.audit.checkpoint.Checkpoints;
import dev.longshore.gateway.audit.domain.Segment;
import dev.longshore.gateway.audit.segment.SealOldEntries;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Old entries are taken out of a real store. In a gateway of its own: what is sealed is gone for the other tests. */
@QuarkusTest
@TestProfile(AuditSegmentTest.OfItsOwn.class)
@QuarkusTestResource(value = Surroundings.class, restrictToAnnotatedClass = true)
class AuditSegmentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static class OfItsOwn implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("longshore.audit.keep", "40d");
        }
    }

    @Inject
    Topics topics;

    @Inject
    Database database;

    @Inject
    SealOldEntries sealing;

    @Inject
    Checkpoints checkpoints;

    private Api api;

    @Test
    void takesOldEntriesOutWithoutBreakingTheChain() throws IOException {
        api = Api.signedIn();
        fill("ida", 30);
        assertThat(seal(Instant.now().minus(Duration.ofDays(40)))).isEmpty();
        checkpoints.make().await().atMost(PATIENCE);
        var before = verification();
        assertThat(before.path("state").asText()).isEqualTo("intact");

        var segment = seal(Instant.now().plusSeconds(60)).orElseThrow();

        // The newest stays, for the next to be chained to.
        assertThat(database.count("select count(*) from audit_entry")).isEqualTo(1);
        assertThat(segment.first()).isEqualTo(1);
        assertThat(segment.last()).isEqualTo(before.path("entries").asLong() - 1);
        var file = folder().resolve(segment.file());
        assertThat(Files.readAllLines(file))
                .hasSize((int) segment.count())
                .anySatisfy(line -> assertThat(line).contains("\"actor\":\"ida\""));
        assertThat(Files.readString(folder().resolve(segment.file() + ".jws")))
                .matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\s");
        assertIntact(before.path("entries").asLong(), segment.count());

        fill("joe", 5);
        assertIntact(segment.count() + 6, segment.count());
        var second = seal(Instant.now().plusSeconds(60)).orElseThrow();
        assertThat(second.first()).isEqualTo(segment.last() + 1);
        assertIntact(segment.count() + 6, segment.count() + second.count());
        findsWhatIsDoneTo(segment, file);
        refusesToSealWhatWasAltered();
    }

    private void findsWhatIsDoneTo(Segment segment, Path file) throws IOException {
        var good = Files.readString(file);
        // Somewhere else: the seal stands for it.
        Files.delete(file);
        assertIntact(6, segment.count() + 5);
        Files.writeString(file, good.replaceFirst("\"actor\":\"ida\"", "\"actor\":\"eve\""));
        assertFinding("unsealed");
        assertFinding("altered");
        Files.writeString(file, good.lines().skip(1).reduce("", (all, line) -> all + line + "\n"));
        assertFinding("removed");
        Files.writeString(file, good);

        database.execute("create table kept as select * from audit_segment");
        database.execute(
                "update audit_segment set signed = left(signed, length(signed) - 4) || 'AAAA' where first = 1");
        assertFinding("unsealed");
        database.execute("delete from audit_segment where first = 1");
        assertFinding("removed");
        database.execute("delete from audit_segment");
        assertFinding("removed");
        database.execute("insert into audit_segment select * from kept");
        assertThat(verification().path("state").asText()).isEqualTo("intact");
    }

    private void refusesToSealWhatWasAltered() {
        fill("kim", 3);
        database.execute("update audit_entry set detail = 'other' where actor = 'kim' and resource = 'things/0'");

        assertThatThrownBy(() -> seal(Instant.now().plusSeconds(60))).hasMessageContaining("not as they were written");

        assertThat(database.count("select count(*) from audit_entry")).isEqualTo(4);
    }

    private Optional<Segment> seal(Instant cutoff) {
        return sealing.sealBefore(cutoff).await().atMost(PATIENCE);
    }

    private void fill(String actor, int count) {
        for (var i = 0; i < count; i++) {
            topics.publish(
                    new AuditRecorded(
                            "default",
                            actor,
                            null,
                            null,
                            "thing.made",
                            "things/" + i,
                            AuditEvent.Result.SUCCEEDED,
                            "ä\n\u2028",
                            null,
                            Map.of("number", i),
                            null,
                            Instant.parse("2026-11-21T12:00:00.123456Z")),
                    "config-service");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                database.count("select count(*) from audit_entry where actor = '%s'".formatted(actor)))
                        .isEqualTo(count));
        await().atMost(PATIENCE)
                .until(() -> database.count("select count(*) from audit_entry where action = 'session.opened'")
                                + database.count("select count(*) from audit_segment")
                        > 0);
    }

    private void assertIntact(long entries, long sealed) {
        var verification = verification();
        assertThat(verification.path("state").asText())
                .as(verification.toString())
                .isEqualTo("intact");
        assertThat(verification.path("entries").asLong()).isEqualTo(entries);
        assertThat(verification.path("sealed").asLong()).isEqualTo(sealed);
    }

    private void assertFinding(String kind) {
        assertThat(verification().path("findings"))
                .anySatisfy(finding -> assertThat(finding.path("kind").asText()).isEqualTo(kind));
    }

    private JsonNode verification() {
        var answer = api.get("/api/v1/audit/verification");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static Path folder() {
        return ConfigProvider.getConfig().getValue("longshore.audit.segments", Path.class);
    }
}
