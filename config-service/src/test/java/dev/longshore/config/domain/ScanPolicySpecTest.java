package dev.longshore.config.domain;

import static dev.longshore.config.domain.Specs.json;
import static dev.longshore.config.domain.Specs.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.ConfigEvent.OnUnknown;
import dev.longshore.events.DecisionEvent.Action;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanPolicySpecTest {

    private static ScanPolicySpec parse(String text) {
        return ScanPolicySpec.parse("gate", json(text));
    }

    @Test
    void whatIsNotSaidHasADefault() {
        var policy = parse("{}").event("gate", 3);

        assertThat(policy.project()).isEqualTo("default");
        assertThat(policy.version()).isEqualTo(3);
        assertThat(policy.scope().repositories()).containsExactly("**");
        assertThat(policy.actions())
                .isEqualTo(Map.of(
                        "critical", Action.BLOCK,
                        "high", Action.WARN,
                        "medium", Action.ALLOW,
                        "low", Action.ALLOW,
                        "unknown", Action.ALLOW));
        assertThat(policy.gracePeriod()).isEqualTo(Duration.ZERO);
        assertThat(policy.rescanEvery()).isEqualTo(Duration.ofHours(24));
        assertThat(policy.onUnknown()).isEqualTo(new OnUnknown(Action.WARN, Action.WARN, Action.WARN, Action.ALLOW));
    }

    @Test
    void nullMeansThatImagesAreNotScannedAgain() {
        assertThat(parse("{'rescanEvery': null}").rescanEvery()).isNull();
        assertThat(SpecJson.of(parse("{'rescanEvery': null}"))
                        .get("rescanEvery")
                        .isNull())
                .isTrue();
    }

    @Test
    void whatIsStoredIsReadAgain() {
        var policy = parse("{'actions': {'high': 'block'}, 'gracePeriod': '7d', 'scope': {'tags': ['v*']}}");

        assertThat(ScanPolicySpec.parse("gate", SpecJson.of(policy))).isEqualTo(policy);
        assertThat(SpecJson.of(policy).get("gracePeriod").asText()).isEqualTo("7d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'actoins': {}}                         | unknown-field   | /actoins
                    {'actions': {'severe': 'block'}}        | unknown-field   | /actions/severe
                    {'actions': {'high': 'deny'}}           | invalid-request | /actions/high
                    {'actions': {'high': 5}}                | invalid-request | /actions/high
                    {'actions': []}                         | invalid-request | /actions
                    {'onUnknown': {'stale': 'maybe'}}       | invalid-request | /onUnknown/stale
                    {'onUnknown': {'never': 'warn'}}        | unknown-field   | /onUnknown/never
                    {'gracePeriod': 'a week'}               | invalid-request | /gracePeriod
                    {'rescanEvery': '1s'}                   | invalid-request | /rescanEvery
                    {'scanners': ['clair']}                 | invalid-request | /scanners/0
                    {'scope': {'repositories': ['Shop/*']}} | invalid-request | /scope/repositories/0
                    {'scope': {'registries': 'left'}}       | invalid-request | /scope/registries
                    {'onPush': 'yes'}                       | invalid-request | /onPush
                    {'project': 'Shop'}                     | invalid-request | /project
                    {'name': 'other'}                       | invalid-request | /name
                    """)
    void whatIsWrongIsNamed(String text, String code, String pointer) {
        assertThat(wrong(body -> ScanPolicySpec.parse("gate", body), text)).startsWith(code + "\n" + pointer + " ");
    }

    @Test
    void severitiesAndActionsThatAreNotKnownAreNamedWithThoseThatAre() {
        assertThat(wrong(
                        body -> ScanPolicySpec.parse("gate", body), "{'actions': {'severe': 'block', 'high': 'deny'}}"))
                .isEqualTo("""
                        unknown-field
                        /actions/severe The severity 'severe' is not known; known are critical, high, medium, low, unknown
                        /actions/high The action 'deny' is not known; known are allow, warn, block""");
    }
}
