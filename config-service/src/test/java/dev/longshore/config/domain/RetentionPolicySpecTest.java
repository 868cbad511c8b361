package dev.longshore.config.domain;

import static dev.longshore.config.domain.Specs.json;
import static dev.longshore.config.domain.Specs.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionPolicySpecTest {

    private static final String SCOPE = "'scope': {'registries': ['left'], 'repositories': ['shop/**']}";

    @Test
    void onlyPlansAndKeepsTheNewestUnlessItSaysOtherwise() {
        var policy = RetentionPolicySpec.parse(
                        "shop", json("{" + SCOPE + ", 'rules': [{'tags': ['**'], 'keep': {'lastPushed': 10}}]}"))
                .event("shop", 3);

        assertThat(policy.mode()).isEqualTo("plan-only");
        assertThat(policy.minimumKept()).isEqualTo(1);
        assertThat(policy.untagged().deleteAfter()).isNull();
        assertThat(policy.protect()).isEmpty();
        assertThat(policy.schedule()).isNull();
        assertThat(policy.enabled()).isTrue();
        assertThat(policy.keepNothing()).isFalse();
        assertThat(policy.key()).isEqualTo("retention-policy/shop");
        assertThat(policy.version()).isEqualTo(3);
    }

    @Test
    void thePolicyOfTheDesignIsReadAsItIsMeantAndAgain() {
        var policy = RetentionPolicySpec.parse("shop", json("""
                { 'scope': { 'registries': ['left'], 'repositories': ['shop/**'] },
                  'rules': [ { 'tags': ['**'], 'keep': { 'lastPushed': 10 } },
                             { 'tags': ['release-*'], 'keep': { 'pushedWithin': '365d' } } ],
                  'untagged': { 'deleteAfter': '7d' }, 'protect': ['latest'], 'minimumKept': 1,
                  'schedule': '0 2 * * *', 'mode': 'apply' }"""));

        assertThat(policy.rules().get(1).keep().pushedWithin()).isEqualTo(Duration.ofDays(365));
        assertThat(policy.untagged().deleteAfter()).isEqualTo(Duration.ofDays(7));
        assertThat(policy.mode()).isEqualTo("apply");
        assertThat(policy.schedule()).isEqualTo("0 2 * * *");
        assertThat(SpecJson.of(policy).at("/rules/1/keep").toString()).isEqualTo("{\"pushedWithin\":\"365d\"}");
        assertThat(RetentionPolicySpec.parse("shop", SpecJson.of(policy))).isEqualTo(policy);
    }

    @Test
    void everyWayOfKeepingIsKnown() {
        var policy = RetentionPolicySpec.parse("all", json("{" + SCOPE + """
                , 'rules': [
                  { 'tags': ['a'], 'keep': { 'lastPulled': 1 } }, { 'tags': ['b'], 'keep': { 'lastSemver': 2 } },
                  { 'tags': ['c'], 'keep': { 'pulledWithin': '24h' } }, { 'tags': ['d'], 'keep': { 'createdWithin': '1d' } },
                  { 'tags': ['e'], 'keep': { 'always': true } } ] }"""));

        assertThat(policy.rules()).extracting(rule -> rule.keep().lastPulled()).contains(1);
        assertThat(policy.rules()).extracting(rule -> rule.keep().lastSemver()).contains(2);
        assertThat(policy.rules())
                .extracting(rule -> rule.keep().pulledWithin())
                .contains(Duration.ofDays(1));
        assertThat(policy.rules())
                .extracting(rule -> rule.keep().createdWithin())
                .contains(Duration.ofDays(1));
        assertThat(policy.rules()).extracting(rule -> rule.keep().always()).contains(true);
        assertThat(RetentionPolicySpec.parse("all", SpecJson.of(policy))).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'rules': [{'tags': ['**'], 'keep': {'lastPushed': 0}}]        | /rules/0/keep/lastPushed
                    'rules': [{'tags': ['**'], 'keep': {'lastPushed': -1}}]       | /rules/0/keep/lastPushed
                    'rules': [{'tags': ['**'], 'keep': {'lastPushed': 1.5}}]      | /rules/0/keep/lastPushed
                    'rules': [{'tags': ['**'], 'keep': {'lastPushed': '10'}}]     | /rules/0/keep/lastPushed
                    'rules': [{'tags': ['**'], 'keep': {'pushedWithin': '0s'}}]   | /rules/0/keep/pushedWithin
                    'rules': [{'tags': ['**'], 'keep': {'pushedWithin': 'ever'}}] | /rules/0/keep/pushedWithin
                    'rules': [{'tags': ['**'], 'keep': {'always': false}}]        | /rules/0/keep/always
                    'rules': [{'tags': ['**'], 'keep': {'lastPushed': 1, 'always': true}}] | /rules/0/keep/always
                    'rules': [{'tags': ['**'], 'keep': {}}]                       | /rules/0/keep/lastPushed
                    'rules': [{'tags': ['**']}]                                   | /rules/0/keep
                    'rules': [{'tags': [], 'keep': {'lastPushed': 1}}]            | /rules/0/tags
                    'rules': [{'keep': {'lastPushed': 1}}]                        | /rules/0/tags
                    'rules': [{'tags': ['v?'], 'keep': {'lastPushed': 1}}]        | /rules/0/tags/0
                    'rules': ['all']                                              | /rules/0
                    'rules': {'tags': ['**']}                                     | /rules
                    'protect': ['a b']                                            | /protect/0
                    'minimumKept': -1                                             | /minimumKept
                    'untagged': {'deleteAfter': '7 days'}                         | /untagged/deleteAfter
                    'schedule': 'nightly'                                         | /schedule
                    'schedule': 'CRON_TZ=Mars/Olympus 0 2 * * *'                  | /schedule
                    'mode': 'dry-run'                                             | /mode
                    """)
    void whatIsWrongIsNamed(String fields, String pointer) {
        var rules = fields.startsWith("'rules'") ? "" : ", 'rules': [{'tags': ['**'], 'keep': {'lastPushed': 1}}]";

        assertThat(parsed("{" + SCOPE + rules + ", " + fields + "}")).startsWith("invalid-request\n" + pointer + " ");
    }

    @Test
    void deletesNowhereUnlessItIsToldWhere() {
        assertThat(parsed("{'rules': [{'tags': ['**'], 'keep': {'lastPushed': 1}}]}"))
                .contains("/scope/registries ", "/scope/repositories ");
    }

    @Test
    void anUnknownFieldIsNamed() {
        assertThat(parsed("{" + SCOPE + ", 'rules': [{'tags': ['**'], 'keep': {'lastPush': 3}}]}"))
                .startsWith("unknown-field\n/rules/0/keep/lastPush ");
    }

    @Test
    void keepingNothingHasToBeMeant() {
        assertThat(parsed("{" + SCOPE + "}")).startsWith("policy-keeps-nothing\n/rules ");
        assertThat(parsed("{" + SCOPE + ", 'rules': [], 'minimumKept': 0}")).startsWith("policy-keeps-nothing");
        assertThat(parsed("{" + SCOPE + ", 'keepNothing': true}")).isEqualTo("nothing");
        assertThat(parsed(
                        "{" + SCOPE + ", 'keepNothing': true, 'rules': [{'tags': ['**'], 'keep': {'lastPushed': 1}}]}"))
                .startsWith("invalid-request\n/keepNothing ");
    }

    private static String parsed(String text) {
        return wrong(body -> RetentionPolicySpec.parse("shop", body), text);
    }
}
