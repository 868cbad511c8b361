package dev.longshore.push.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskFailure.RetryLater;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final RegistryException UNAUTHORIZED = new Rejected("read", 401, "UNAUTHORIZED", "no");

    @Test
    void isPatientWithABusyRegistryForMoreThanAnHour() {
        assertThat(sum(busy(Duration.ZERO), Patience.ATTEMPTS - 1)).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void waitsAsLongAsTheRegistryAsks() {
        assertThat(after(busy(Duration.ofMinutes(20)), 1)).isEqualTo(Duration.ofMinutes(20));
        assertThat(after(busy(Duration.ofMillis(10)), 1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void waitsLongForCredentialsAndThenGivesUp() {
        assertThat(after(UNAUTHORIZED, 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(sum(UNAUTHORIZED, 6)).isGreaterThan(Duration.ofHours(1));
        assertThat(Patience.with(UNAUTHORIZED, 7)).isInstanceOf(GiveUp.class);
    }

    @Test
    void givesUpWhereAskingAgainChangesNothing() {
        assertThat(Patience.with(new DigestMismatch("read", "sha256:a", "sha256:b"), 1))
                .isInstanceOf(GiveUp.class);
        assertThat(Patience.with(new Rejected("read", 400, "NAME_INVALID", "no"), 1))
                .isInstanceOf(GiveUp.class);
    }

    @Test
    void leavesOtherFailuresToTheRunner() {
        var failure = new IllegalStateException();
        assertThat(Patience.with(failure, 1)).isSameAs(failure);
    }

    private static Duration sum(RegistryException failure, int attempts) {
        return IntStream.rangeClosed(1, attempts)
                .mapToObj(attempt -> after(failure, attempt))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration after(RegistryException failure, int attempt) {
        var answer = Patience.with(failure, attempt);
        assertThat(answer).isInstanceOf(RetryLater.class);
        return ((RetryLater) answer).after();
    }

    private static RegistryException busy(Duration retryAfter) {
        return new Unavailable("read", "busy", 503, retryAfter, null);
    }
}
