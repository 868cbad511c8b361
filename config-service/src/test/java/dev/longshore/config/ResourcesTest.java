package dev.longshore.config;

import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.config.domain.Kind;
import dev.longshore.config.suite.Api;
import dev.longshore.config.suite.Surroundings;
import dev.longshore.config.suite.Topics;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.ReplicationRuleConfigured;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.DecisionEvent.Action;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds for every kind: versions, preconditions, events, audit entries. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ResourcesTest {

    @Test
    void aPolicyIsCreatedReplacedAndRemovedAndEachIsPublishedAndAudited() {
        // When
        var created = Api.put("scan-policies/gate", "{'actions': {'critical': 'warn'}}");
        var replaced = Api.put("scan-policies/gate", "{'actions': {'critical': 'block'}, 'gracePeriod': '7d'}");
        var removed = Api.delete("scan-policies/gate");

        // Then
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.etag()).isEqualTo("\"1\"");
        assertThat(created.json().at("/actions/high").asText()).isEqualTo("warn");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.etag()).isEqualTo("\"2\"");
        assertThat(replaced.json().path("gracePeriod").asText()).isEqualTo("7d");
        assertThat(removed.status()).isEqualTo(204);
        assertThat(Api.get("scan-policies/gate").code()).isEqualTo("not-found");

        eventually(() -> assertThat(Topics.config("scan-policy/gate")).hasSize(3));
        var records = Topics.config("scan-policy/gate");
        var second = Topics.last(records.subList(0, 2), ScanPolicyConfigured.class);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.actions()).containsEntry("critical", Action.BLOCK);
        assertThat(records.getLast().event()).isEmpty();

        eventually(() -> assertThat(Topics.audit("scan-policies/gate")).hasSize(3));
        var entries = Topics.audit("scan-policies/gate");
        assertThat(entries)
                .extracting("action")
                .containsExactly("scan-policy.created", "scan-policy.changed", "scan-policy.deleted");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.actor()).isEqualTo("admin");
            assertThat(entry.address()).isEqualTo("192.0.2.7");
            assertThat(entry.result()).isEqualTo(Result.SUCCEEDED);
            assertThat(entry.traceId()).isNotBlank();
        });
        assertThat(entries.get(0).before()).isNull();
        assertThat(entries.get(1).before()).containsEntry("gracePeriod", "0s");
        assertThat(entries.get(1).after()).containsEntry("gracePeriod", "7d");
        assertThat(entries.get(2).after()).isNull();
    }

    @Test
    void theSameAgainChangesNothingAndPublishesNothing() {
        var body =
                "{'vulnerabilities': ['CVE-2021-44228'], 'images': ['left/shop/*'], 'reason': 'r', 'owner': 'o', 'expiresAt': '2999-01-31T00:00:00Z'}";
        Api.put("exemptions/same", body);

        var again = Api.put("exemptions/same", body);
        var asAnswered = Api.putRaw("/api/v1/exemptions/same", again.text());
        Api.put("exemptions/same-end", body);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.etag()).isEqualTo("\"1\"");
        assertThat(asAnswered.text()).isEqualTo(again.text());
        eventually(() -> assertThat(Topics.config("exemption/same-end")).hasSize(1));
        assertThat(Topics.config("exemption/same")).hasSize(1);
        assertThat(Topics.last(Topics.config("exemption/same"), ExemptionConfigured.class)
                        .vulnerabilities())
                .containsExactly("CVE-2021-44228");
    }

    @Test
    void versionsGoOnAfterAResourceComesBack() {
        Api.put("scan-policies/phoenix", "{}");
        Api.delete("scan-policies/phoenix");

        var back = Api.put("scan-policies/phoenix", "{}");

        assertThat(back.status()).isEqualTo(201);
        assertThat(back.etag()).isEqualTo("\"3\"");
    }

    @Test
    void manyAtOnceGetAVersionEachAndArePublishedInThatOrder() {
        var answers = IntStream.rangeClosed(1, 12)
                .parallel()
                .mapToObj(days -> Api.put("scan-policies/contended", "{'gracePeriod': '" + days + "d'}"))
                .toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(11);
        eventually(() -> assertThat(Topics.config("scan-policy/contended")).hasSize(12));
        assertThat(Topics.config("scan-policy/contended"))
                .extracting(record -> record.event().orElseThrow().version())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 12).boxed().toList());
    }

    @Test
    void preconditionsAreHonoured() {
        Api.put("scan-policies/guarded", "{}");

        assertThat(Api.put("scan-policies/guarded", "{'onlyFixable': true}", "If-Match", "\"7\"")
                        .code())
                .isEqualTo("precondition-failed");
        assertThat(Api.put("scan-policies/guarded", "{'onlyFixable': true}", "If-None-Match", "*")
                        .status())
                .isEqualTo(412);
        assertThat(Api.put("scan-policies/absent", "{}", "If-Match", "*").status())
                .isEqualTo(412);
        assertThat(Api.get("scan-policies/absent").status()).isEqualTo(404);
        assertThat(Api.delete("scan-policies/guarded", "If-Match", "\"7\"").status())
                .isEqualTo(412);
        assertThat(Api.put("scan-policies/guarded", "{'onlyFixable': true}", "If-Match", "\"1\"")
                        .etag())
                .isEqualTo("\"2\"");
        assertThat(Api.get("scan-policies/guarded", "If-None-Match", "\"2\"").status())
                .isEqualTo(304);
    }

    @Test
    void listsComeInPages() {
        for (var number = 1; number <= 5; number++) {
            Api.put(
                    "exemptions/page-" + number,
                    "{'vulnerabilities': ['CVE-1'], 'images': ['*'], 'reason': 'r', 'owner': 'o'}");
        }
        var first = Api.get("exemptions?limit=3").json();
        var second = Api.get("exemptions?limit=3&cursor=" + first.path("next").asText())
                .json();

        assertThat(first.path("items")).hasSize(3);
        assertThat(first.at("/items/2/name").asText())
                .isLessThan(second.at("/items/0/name").asText());
        assertThat(Api.get("exemptions?limit=0").code()).isEqualTo("invalid-request");
        assertThat(Api.get("exemptions?cursor=%25").code()).isEqualTo("invalid-request");
    }

    @Test
    void aRuleNeedsItsRegistriesAndTheyCannotGoBeforeIt() {
        var rule =
                "{'source': {'registry': 'rule-left'}, 'target': {'registry': 'rule-right'}, 'require': {'decision': 'allow'}}";
        var unknown = Api.put("replication-rules/mirror", rule);
        Api.put("registries/rule-left", "{'vendor': 'distribution', 'url': 'https://left.invalid'}");
        Api.put("registries/rule-right", "{'vendor': 'distribution', 'url': 'https://right.invalid'}");
        var created = Api.put("replication-rules/mirror", rule);
        var refused = Api.delete("registries/rule-right");
        Api.delete("replication-rules/mirror");
        var removed = Api.delete("registries/rule-right");

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.pointer()).isEqualTo("/source/registry");
        assertThat(created.status()).isEqualTo(201);
        assertThat(refused.code()).isEqualTo("conflict");
        assertThat(refused.json().path("detail").asText()).contains("mirror");
        assertThat(removed.status()).isEqualTo(204);
        eventually(() -> assertThat(Topics.config("replication-rule/mirror")).hasSize(2));
        var first = Topics.config("replication-rule/mirror").subList(0, 1);
        assertThat(Topics.last(first, ReplicationRuleConfigured.class).requiredDecision())
                .isEqualTo(Action.ALLOW);
        eventually(
                () -> assertThat(Topics.config("registry/rule-right").getLast().event())
                        .isEmpty());
    }

    @Test
    void aFreezeNamesItsScopeItsReasonAndWhoFroze() {
        var frozen = Api.put("freezes/project:default", "{'reason': 'Release weekend'}");

        assertThat(frozen.status()).isEqualTo(201);
        assertThat(Api.put("freezes/installation", "{}").pointer()).isEqualTo("/reason");
        assertThat(Api.put("freezes/registry:nobody", "{'reason': 'r'}").status())
                .isEqualTo(400);
        assertThat(Api.put("freezes/everything", "{'reason': 'r'}").code()).isEqualTo("invalid-request");
        eventually(() -> assertThat(Topics.config("freeze/project:default")).isNotEmpty());
        var event = Topics.last(Topics.config("freeze/project:default"), FreezeConfigured.class);
        assertThat(List.of(event.name(), event.reason(), event.frozenBy()))
                .containsExactly("project:default", "Release weekend", "admin");
        assertThat(Api.delete("freezes/project:default").status()).isEqualTo(204);
    }

    @Test
    void aRetentionPolicyIsPublishedAndOneThatKeepsNothingHasToBeMeant() {
        var scope = "'scope': {'registries': ['left'], 'repositories': ['shop/**']}";
        var refused = Api.put("retention-policies/shop", "{" + scope + "}");
        var created = Api.put(
                "retention-policies/shop", "{" + scope + ", 'rules': [{'tags': ['**'], 'keep': {'lastPushed': 10}}]}");
        var again = Api.putRaw("/api/v1/retention-policies/shop", created.text());
        var meant = Api.put("retention-policies/scratch", "{" + scope + ", 'keepNothing': true}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("policy-keeps-nothing");
        assertThat(refused.pointer()).isEqualTo("/rules");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().at("/rules/0/keep").toString()).isEqualTo("{\"lastPushed\":10}");
        assertThat(created.json().path("mode").asText()).isEqualTo("plan-only");
        assertThat(again.etag()).isEqualTo("\"1\"");
        assertThat(meant.status()).isEqualTo(201);
        eventually(() -> assertThat(Topics.config("retention-policy/shop")).hasSize(1));
        var event = Topics.last(Topics.config("retention-policy/shop"), RetentionPolicyConfigured.class);
        assertThat(event.rules().getFirst().keep().lastPushed()).isEqualTo(10);
        assertThat(event.keepNothing()).isFalse();
        eventually(() -> assertThat(Topics.audit("retention-policies/shop"))
                .extracting("action")
                .containsExactly("retention-policy.created"));
        assertThat(Api.delete("retention-policies/shop").status()).isEqualTo(204);
    }

    @Test
    void everythingCanBePublishedAgainRemovalsToo() {
        Api.put("scan-policies/again", "{}");
        Api.put("scan-policies/gone", "{}");
        Api.delete("scan-policies/gone");
        eventually(() -> assertThat(Topics.config("scan-policy/gone")).hasSize(2));

        var answer = Api.post("config/republications");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("published").asInt()).isGreaterThanOrEqualTo(2);
        eventually(() -> {
            assertThat(Topics.config("scan-policy/again")).hasSize(2);
            assertThat(Topics.config("scan-policy/gone")).hasSize(3);
        });
        assertThat(Topics.config("scan-policy/gone").getLast().event()).isEmpty();
        assertThat(Topics.last(Topics.config("scan-policy/again"), ScanPolicyConfigured.class)
                        .version())
                .isEqualTo(1);
    }

    @Test
    void whatIsNotValidIsAnsweredWithAllThatIsWrongAndNothingIsKept() {
        var answer = Api.put("scan-policies/bad", "{'actoins': {}, 'actions': {'severe': 'block', 'high': 'deny'}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("unknown-field");
        assertThat(answer.json().path("type").asText()).isEqualTo("/docs/problems/unknown-field");
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactlyInAnyOrder("/actoins", "/actions/severe", "/actions/high");
        assertThat(Api.get("scan-policies/bad").status()).isEqualTo(404);
        assertThat(Api.put("scan-policies/Bad_Name", "{}").code()).isEqualTo("invalid-request");
        assertThat(Api.putRaw("/api/v1/scan-policies/bad", "{\"a\": ").code()).isEqualTo("invalid-request");
        assertThat(Api.putRaw("/api/v1/scan-policies/bad", "").code()).isEqualTo("invalid-request");
        assertThat(Api.putRaw("/api/v1/scan-policies/bad", "[]").code()).isEqualTo("invalid-request");
        assertThat(Api.putRaw("/api/v1/scan-policies/bad", "{\"onPush\": true, \"onPush\": false}")
                        .code())
                .isEqualTo("invalid-request");
        assertThat(Api.put(
                                "exemptions/late",
                                "{'vulnerabilities': ['CVE-1'], 'images': ['*'], 'reason': 'r', 'owner': 'o', 'expiresAt': '2020-01-01T00:00:00Z'}")
                        .pointer())
                .isEqualTo("/expiresAt");
    }

    @Test
    void nobodyGetsInWithoutAToken() {
        assertThat(Api.anonymously("registries").status()).isEqualTo(401);
        assertThat(Api.anonymously("/q/health/live").status()).isEqualTo(200);
    }

    @Test
    void changesAreCounted() {
        Api.put("scan-policies/counted", "{}");

        assertThat(Api.anonymously("/q/metrics").text())
                .contains("longshore_config_changes_total{action=\"created\",kind=\"scan-policy\"}");
    }

    @Test
    void eachKindIsDescribedWithAnExample() {
        var document = Api.anonymously("/q/openapi?format=json").json();

        for (var kind : Kind.values()) {
            var put = document.at("/paths/~1api~1v1~1%s~1{name}/put".formatted(kind.path()));
            assertThat(put.path("operationId").asText()).as(kind.path()).startsWith("put");
            var schema =
                    put.at("/requestBody/content/application~1json/schema/$ref").asText();
            assertThat(document.at(schema.substring(1)).path("examples"))
                    .as(kind.path())
                    .hasSize(1);
        }
    }
}
