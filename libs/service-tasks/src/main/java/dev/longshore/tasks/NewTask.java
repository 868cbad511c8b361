package dev.longshore.tasks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Work to be done.
 *
 * @param payload what the handler needs, kept as JSON
 * @param naturalKey while one task of the kind with this key is pending, another is not added
 * @param lane tasks of one lane run one at a time, in the order of their making
 * @param execution that it belongs to
 * @param delay before it may be claimed
 */
public record NewTask(
        String kind,
        String project,
        Object payload,
        @Nullable String naturalKey,
        @Nullable String lane,
        @Nullable String execution,
        int maxAttempts,
        Duration delay) {

    private static final int DEFAULT_ATTEMPTS = 10;

    public static NewTask of(String kind, String project, Object payload) {
        return new NewTask(kind, project, payload, null, null, null, DEFAULT_ATTEMPTS, Duration.ZERO);
    }

    public NewTask withNaturalKey(String key) {
        return new NewTask(kind, project, payload, key, lane, execution, maxAttempts, delay);
    }

    public NewTask withLane(String name) {
        return new NewTask(kind, project, payload, naturalKey, name, execution, maxAttempts, delay);
    }

    public NewTask withExecution(@Nullable String id) {
        return new NewTask(kind, project, payload, naturalKey, lane, id, maxAttempts, delay);
    }

    public NewTask withMaxAttempts(int attempts) {
        return new NewTask(kind, project, payload, naturalKey, lane, execution, attempts, delay);
    }

    public NewTask withDelay(Duration before) {
        return new NewTask(kind, project, payload, naturalKey, lane, execution, maxAttempts, before);
    }
}
