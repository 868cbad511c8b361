package dev.longshore.testkit;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what comes true in its time, as long as the slowest machine may need: a test that is hasty fails by chance. */
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Eventually() {}

    /** Returns once the assertion holds. That there is no first or last element yet is no failure. */
    public static void eventually(ThrowingRunnable assertion) {
        patiently().ignoreException(NoSuchElementException.class).untilAsserted(assertion);
    }

    public static void eventuallyTrue(Callable<Boolean> condition) {
        patiently().until(condition);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(LONGEST);
    }
}
