package dev.longshore.push.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.oci.Digest;
import dev.longshore.registries.Notification;
import dev.longshore.registries.Notification.Action;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeardTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(2);
    private static final Digest DIGEST = Digest.of("content".getBytes());

    @ParameterizedTest(name = "{0} of {1} {2} by {3}: {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "PUSH,   1.0, digest, docker,        hint shop/api:1.0",
                "PUSH,   1.0, digest, longshore/0.1, hint shop/api:1.0",
                "PUSH,   -,   digest, docker,        hint shop/api@digest",
                "DELETE, 1.0, -,      docker,        hint shop/api:1.0",
                "DELETE, -,   digest, docker,        hint shop/api@digest",
                "DELETE, -,   -,      docker,        removed shop/api",
                "PULL,   1.0, digest, docker,        pull",
                "PULL,   -,   digest, -,             pull",
                "PULL,   1.0, digest, longshore/0.1, ignored",
                "PULL,   1.0, -,      docker,        ignored",
            })
    void takesEachNotificationForWhatItIs(
            Action action, @Nullable String tag, @Nullable String digest, @Nullable String agent, String expected) {
        // When
        var heard = Heard.in(List.of(notification(action, tag, digest == null ? null : DIGEST, agent)), LATER);

        // Then
        assertThat(describe(heard)).isEqualTo(expected);
    }

    @Test
    void believesNoClockThatIsAheadOfOurs() {
        // When
        var heard = Heard.in(List.of(notification(Action.PUSH, "1.0", DIGEST, "docker")), NOON.minusSeconds(60));

        // Then
        assertThat(heard.hints()).extracting(Hint::at).containsExactly(NOON.minusSeconds(60));
    }

    @Test
    void keepsTimesAsPreciselyAsTheyAreStored() {
        // Given
        var told = Instant.parse("2026-11-21T11:59:59.123456789Z");
        var notification = new Notification("1", Action.PUSH, "shop/api", "1.0", DIGEST, null, told, null, null, null);

        // When
        var heard = Heard.in(List.of(notification), LATER);

        // Then
        assertThat(heard.hints()).extracting(Hint::at).containsExactly(Instant.parse("2026-11-21T11:59:59.123456Z"));
    }

    private static Notification notification(
            Action action, @Nullable String tag, @Nullable Digest digest, @Nullable String agent) {
        return new Notification("1", action, "shop/api", tag, digest, null, NOON, "ci", agent, null);
    }

    private static String describe(Heard heard) {
        if (heard.ignored() > 0) {
            return "ignored";
        }
        if (!heard.pulls().isEmpty()) {
            return "pull";
        }
        return heard.hints().isEmpty()
                ? "removed " + heard.removedRepositories().getFirst()
                : "hint " + heard.hints().getFirst().reference().toString().replace(DIGEST.toString(), "digest");
    }
}
