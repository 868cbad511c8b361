package dev.longshore.gateway.audit.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That someone was refused, once or more often.
 *
 * @param key what is counted together
 * @param at when it was the first time
 * @param resource what it was about the first time
 */
public record Refused(
        Key key,
        long times,
        Instant at,
        Instant lastAt,
        String project,
        String actor,
        String address,
        @Nullable String token,
        String resource,
        @Nullable String traceId) {

    /** @param who the actor; of those who are not known, the address */
    public record Key(String who, String operation, int status) {}

    /** What several made together: the first one's circumstances, both counts. */
    public Refused and(Refused later) {
        return new Refused(
                key, times + later.times, at, later.lastAt, project, actor, address, token, resource, traceId);
    }

    /** The same, counted with others of many strangers. */
    public Refused amongMany() {
        return new Refused(
                new Key("many", "many", key.status()), times, at, lastAt, "*", "many", "many", null, "many", null);
    }
}
