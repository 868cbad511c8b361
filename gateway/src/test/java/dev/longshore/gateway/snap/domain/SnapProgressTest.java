package dev.longshore.gateway.snap.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapProgressTest {

    private final SnapProgress progress = new SnapProgress();

    @Test
    void tellsEachStepOnceAndInOrderWhateverIsLost() {
        var told = new ArrayList<Object>();

        told.addAll(numbers(12.5, "running"));
        told.addAll(numbers(12.5, "running"));
        told.addAll(numbers(61, "running"));
        told.addAll(numbers(20, "running"));
        told.addAll(numbers(99, "running"));
        told.addAll(numbers(100, "succeeded"));

        assertThat(told).containsExactly(12.5, 15.0, 25.0, 37.5, 50.0, 60.0, 62.5, 75.0, 80.0, 87.5, 100.0);
    }

    @Test
    void aFailureIsTheWordInsteadOfANumber() {
        numbers(12.5, "running");

        assertThat(progress.advance(100, "failed", "no space left"))
                .containsExactly(new SnapProgress.Message("failed", "no space left"));
    }

    private List<Object> numbers(double percent, String state) {
        return progress.advance(percent, state, "said").stream()
                .map(SnapProgress.Message::progress)
                .toList();
    }
}
