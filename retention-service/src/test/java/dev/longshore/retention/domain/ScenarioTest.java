package dev.longshore.retention.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.retention.domain.policy.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files of {@code scenarios/} say is what happens: their listing is the specification. */
class ScenarioTest {

    private static final Path FOLDER = Path.of("src/test/resources/scenarios");

    static List<Path> files() {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isAsItSays(Path file) {
        var scenario = Scenario.read(file);

        var evaluation = scenario.evaluation();

        assertThat(scenario.found(evaluation, Verdict.KEEP)).as("keep").isEqualTo(scenario.expected("keep"));
        assertThat(scenario.found(evaluation, Verdict.DELETE)).as("delete").isEqualTo(scenario.expected("delete"));
        assertThat(evaluation.isComplete())
                .isEqualTo(!scenario.then().path("incomplete").asBoolean());
        assertThat(evaluation.items())
                .isSortedAccordingTo(
                        Comparator.comparing(Item::tag, Comparator.nullsLast(Comparator.<String>naturalOrder())));
        if (!scenario.expectedOrder().isEmpty()) {
            assertThat(scenario.foundOrder(evaluation)).isEqualTo(scenario.expectedOrder());
        }
    }

    @Test
    void hasOneForEachReason() {
        var shown = files().stream()
                .map(Scenario::read)
                .flatMap(scenario -> scenario.evaluation().items().stream())
                .flatMap(item -> item.reasons().stream())
                .map(Reason::code)
                .collect(Collectors.toSet());

        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.Code.values())
                        .filter(code -> !RecheckTest.REASONS.contains(code))
                        .toList());
    }
}
