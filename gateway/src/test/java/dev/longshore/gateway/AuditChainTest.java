package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.gateway.audit.checkpoint.Checkpoints;
import dev.longshore.gateway.audit.key.AuditKey;
import dev.longshore.gateway.audit.postgres.AuditChain;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The trail of a real gateway, tampered with by SQL. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AuditChainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the entries say hashed again, each with the hash before it, as docs/audit.md describes it. */
    private static final String RECOMPUTE = """
            do $$
            declare
              entry record;
              previous bytea;
              field text;
              hashed bytea;
            begin
              select decode(hash, 'hex') into previous from audit_entry where number = %1$d - 1;
              for entry in select * from audit_entry where number >= %1$d order by number loop
                hashed := convert_to('longshore-audit-1', 'UTF8') || previous;
                foreach field in array array[entry.number::text, entry.event_id::text,
                    to_char(entry.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
                      || case when extract(microseconds from entry.occurred_at)::bigint %% 1000000 = 0 then ''
                              when extract(microseconds from entry.occurred_at)::bigint %% 1000 = 0
                              then to_char(entry.occurred_at, '.MS') else to_char(entry.occurred_at, '.US') end || 'Z',
                    entry.project, entry.service, entry.actor, entry.address, entry.token, entry.action, entry.resource,
                    entry.result, entry.detail, entry.before, entry.after, entry.trace_id] loop
                  hashed := hashed || case when field is null then convert_to('-', 'UTF8')
                    else convert_to(octet_length(field) || ':' || field || ',', 'UTF8') end;
                end loop;
                update audit_entry set previous_hash = encode(previous, 'hex'), hash = encode(sha256(hashed), 'hex')
                where number = entry.number;
                previous := sha256(hashed);
              end loop;
            end $$""";

    @Inject
    Topics topics;

    @Inject
    AuditChain chain;

    @Inject
    AuditKey key;

    @Inject
    Database database;

    @Inject
    Checkpoints checkpoints;

    /** Signed in once: each sign-in is an entry, and none may come while the trail is tampered with. */
    private Api api;

    @BeforeEach
    void signIn() {
        api = Api.signedIn();
    }

    @Test
    void findsWhatIsDoneToItAndIsIntactWhenItIsUndone() {
        fill("eve", 6);
        assertThat(verification().path("state").asText()).isEqualTo("intact");
        var third = number("eve", 2);

        database.execute("create table tampered as select * from audit_entry");
        database.execute("update audit_entry set actor = 'mallory' where number = " + third);
        assertFinding("altered", third);
        restore();
        database.execute("delete from audit_entry where number = " + third);
        assertFinding("removed", third);
        restore();
        database.execute(
                "update audit_entry set number = -number where number in (%d, %d)".formatted(third, third + 1));
        database.execute("update audit_entry set number = %d where number = -%d".formatted(third + 1, third));
        database.execute("update audit_entry set number = %d where number = -%d".formatted(third, third + 1));
        assertFinding("altered", third);
        assertFinding("altered", third + 1);
        restore();
        database.execute("""
                insert into audit_entry
                select number + 1, gen_random_uuid(), occurred_at, project, service, 'mallory', address, token, action, resource,
                  result, detail, before, after, trace_id, hash, encode(sha256('forged'), 'hex'), mac, now()
                from audit_entry order by number desc limit 1""");
        assertFinding("altered", highest());
        restore();
        database.execute("update audit_entry set mac = hash where number >= " + third);
        assertFinding("inserted", third);
        restore();

        assertThat(verification().path("state").asText()).isEqualTo("intact");
        database.execute("drop table tampered");
    }

    @Test
    void findsACutTailAndAForgedCheckpoint() throws IOException {
        fill("fay", 3);
        checkpoints.make().await().atMost(PATIENCE);
        var signed = inFolder();
        assertThat(signed).isNotEmpty();
        assertThat(verification().path("checkpoints").asLong()).isPositive();
        var last = highest();

        database.execute("create table cut as select * from audit_entry where number = " + last);
        database.execute("delete from audit_entry where number = " + last);
        database.execute("create table lost as select * from audit_checkpoint");
        database.execute("delete from audit_checkpoint");
        // The folder still tells.
        assertFinding("cut", last);
        database.execute("insert into audit_entry select * from cut");
        database.execute("insert into audit_checkpoint select * from lost");
        database.execute("drop table cut");
        database.execute("drop table lost");

        assertThat(verification().path("state").asText()).isEqualTo("intact");
        var forged = signed.getLast().substring(0, signed.getLast().length() - 6) + "AAAAAA";
        var answer = json(api.get("/api/v1/audit/verification?checkpoint=" + forged));
        assertThat(answer.at("/findings/0/kind").asText()).isEqualTo("forged-checkpoint");
    }

    /** Whoever can only write to the database can make the hashes agree, not the codes over them. */
    @Test
    void namesEachEntryOfAChainThatWasRecomputedBySql() {
        fill("gil", 5);
        var second = number("gil", 1);
        database.execute("create table tampered as select * from audit_entry");
        database.execute("update audit_entry set actor = 'mallory' where number = " + second);
        database.execute(RECOMPUTE.formatted(second));

        var findings = verification().path("findings");
        restore();
        database.execute("drop table tampered");

        assertThat(findings)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.path("kind").asText()).isIn("inserted", "recomputed"));
        assertThat(findings.get(0).path("number").asLong()).isEqualTo(second);
        assertThat(verification().path("state").asText()).isEqualTo("intact");
    }

    /** Whoever has the key too can make all agree, but for what was signed before. */
    @Test
    void findsAChainThatWasRecomputedWithTheKey() {
        fill("hal", 5);
        checkpoints.make().await().atMost(PATIENCE);
        var signedAt = database.count("select max(count) from audit_checkpoint");
        var second = number("hal", 1);
        database.execute("create table tampered as select * from audit_entry");
        database.execute("update audit_entry set actor = 'mallory' where number = " + second);
        recomputeWithTheKey(second);

        var findings = verification().path("findings");
        restore();
        database.execute("drop table tampered");

        assertThat(findings)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.path("kind").asText()).isEqualTo("recomputed"));
        assertThat(findings.get(0).path("number").asLong()).isBetween(second, signedAt);
        assertThat(verification().path("state").asText()).isEqualTo("intact");
    }

    private void recomputeWithTheKey(long from) {
        var seal = key.seal();
        var previous =
                chain.read(from - 2, 1).await().atMost(PATIENCE).getFirst().hash();
        for (var link : chain.read(from - 1, 100_000).await().atMost(PATIENCE)) {
            var made = seal.link(link.number(), previous, link.entry());
            database.execute("update audit_entry set previous_hash = '%s', hash = '%s', mac = '%s' where number = %d"
                    .formatted(made.previous(), made.hash(), made.mac(), made.number()));
            previous = made.hash();
        }
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
                            "\u0000 ä",
                            null,
                            java.util.Map.of("text", "a\u0000b"),
                            null,
                            Instant.parse("2026-11-21T12:00:00.123456789Z")),
                    "config-service");
        }
        eventually(
                () -> assertThat(json(api.get("/api/v1/audit?actor=" + actor)).path("items"))
                        .hasSize(count));
        // The sign-ins go another way, and so does what was asked and refused at the door.
        await().atMost(PATIENCE).until(() -> database.count("""
                select (select count(*) from session s where not exists (
                         select 1 from audit_entry e where e.token = s.id and e.action = 'session.opened'))
                  + (select count(*) from audit_asked) + (select count(*) from audit_refused)""") == 0);
    }

    private JsonNode verification() {
        var answer = api.get("/api/v1/audit/verification");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private void assertFinding(String kind, long number) {
        var verification = verification();
        assertThat(verification.path("state").asText()).isEqualTo("broken");
        assertThat(verification.path("findings")).as(verification.toString()).anySatisfy(finding -> {
            assertThat(finding.path("kind").asText()).isEqualTo(kind);
            assertThat(finding.path("number").asLong()).isEqualTo(number);
        });
    }

    /** Entries that were appended meanwhile by signing in stay. */
    private void restore() {
        database.execute(
                "delete from audit_entry where number <= (select max(number) from tampered) or actor = 'mallory'");
        database.execute("insert into audit_entry select * from tampered on conflict do nothing");
    }

    private long number(String actor, int index) {
        return database.count("select number from audit_entry where actor = '%s' order by number offset %d limit 1"
                .formatted(actor, index));
    }

    private long highest() {
        return database.count("select max(number) from audit_entry");
    }

    private static List<String> inFolder() throws IOException {
        var folder = ConfigProvider.getConfig().getValue("longshore.audit.checkpoints.folder", Path.class);
        try (var files = Files.list(folder)) {
            return Files.readAllLines(files.findFirst().orElseThrow());
        }
    }
}
