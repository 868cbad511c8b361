package dev.longshore.config.domain;

import static dev.longshore.config.domain.Specs.json;
import static dev.longshore.config.domain.Specs.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.DecisionEvent.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationRuleSpecTest {

    @Test
    void copiesEverythingOnPushUnlessItSaysOtherwise() {
        var rule = ReplicationRuleSpec.parse(
                        "mirror", json("{'source': {'registry': 'left'}, 'target': {'registry': 'right'}}"))
                .event("mirror", 1);

        assertThat(rule.source().repositories()).containsExactly("**");
        assertThat(rule.source().tags().include()).containsExactly("**");
        assertThat(rule.target().repository()).isEqualTo("{repository}");
        assertThat(rule.trigger().onPush()).isTrue();
        assertThat(rule.requiredDecision()).isNull();
        assertThat(rule.referrers()).isTrue();
        assertThat(rule.enabled()).isTrue();
    }

    @Test
    void theRuleOfTheDesignIsReadAsItIsMeantAndAgain() {
        var rule = ReplicationRuleSpec.parse("mirror", json("""
                { 'source': { 'registry': 'left', 'repositories': ['shop/**'],
                    'tags': { 'include': ['**'], 'exclude': [], 'semver': null }, 'platforms': [] },
                  'target': { 'registry': 'right', 'repository': 'mirror/{repository}' },
                  'trigger': { 'onPush': true, 'schedule': '0 */6 * * *' }, 'require': { 'decision': 'allow' }, 'referrers': true,
                  'deletions': { 'propagate': false, 'maximum': 10, 'maximumPercent': 5 }, 'enabled': true }"""));

        assertThat(rule.require().decision()).isEqualTo(Action.ALLOW);
        assertThat(rule.trigger().schedule()).isEqualTo("0 */6 * * *");
        assertThat(rule.uses("right")).isTrue();
        assertThat(rule.uses("middle")).isFalse();
        assertThat(ReplicationRuleSpec.parse("mirror", SpecJson.of(rule))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'target': {'registry': 'right'}}        | /source/registry
                    {'source': {'registry': 'left'}}         | /target/registry
                    {'source': {'registry': 'left', 'platforms': ['linux/amd64']}, 'target': {'registry': 'right'}} | /source/platforms/0
                    {'source': {'registry': 'left'}, 'target': {'registry': 'right', 'repository': 'Mirror/{repository}'}} | /target/repository
                    {'source': {'registry': 'left'}, 'target': {'registry': 'right', 'repository': '{tag}'}} | /target/repository
                    {'source': {'registry': 'left'}, 'target': {'registry': 'right'}, 'trigger': {'schedule': 'daily'}} | /trigger/schedule
                    {'source': {'registry': 'left'}, 'target': {'registry': 'right'}, 'require': {'decision': 'perhaps'}} | /require/decision
                    {'source': {'registry': 'left'}, 'target': {'registry': 'right'}, 'require': {'decision': 'block'}} | /require/decision
                    {'source': {'registry': 'left'}, 'target': {'registry': 'right'}, 'deletions': {'propagate': true}} | /deletions/propagate
                    {'source': {'registry': 'left', 'tags': {'semver': '>=1'}}, 'target': {'registry': 'right'}} | /source/tags/semver
                    {'source': {'registry': 'left'}, 'target': {'registry': 'left'}} | /target
                    {'source': {'registry': 'left', 'repositories': ['shop/*']}, 'target': {'registry': 'left', 'repository': 'shop/copy'}} | /target
                    {'source': {'registry': 'left'}, 'target': {'registry': 'left', 'repository': 'mirror/{repository}'}} | /target
                    """)
    void whatIsWrongIsNamed(String text, String pointer) {
        assertThat(wrong(body -> ReplicationRuleSpec.parse("mirror", body), text))
                .startsWith("invalid-request\n" + pointer + " ");
    }

    @Test
    void mayCopyToAnotherPlaceOfTheSameRegistry() {
        assertThat(wrong(
                        body -> ReplicationRuleSpec.parse("mirror", body),
                        "{'source': {'registry': 'left', 'repositories': ['shop/**']},"
                                + " 'target': {'registry': 'left', 'repository': 'mirror/{repository}'}}"))
                .isEqualTo("nothing");
    }
}
