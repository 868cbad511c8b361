package dev.longshore.config.postgres;

import dev.longshore.kit.http.Access;
import dev.longshore.kit.http.Caller;
import dev.longshore.kit.trace.TraceParent;
import java.util.Optional;

/** Who asked for a change. Taken before the first wait: a request's scope does not reach into a transaction. */
public record Actor(
        String name, Optional<String> address, Optional<String> token, Optional<String> traceId, Access access) {

    public static Actor of(Caller caller) {
        return new Actor(caller.name(), caller.address(), caller.token(), TraceParent.traceId(), caller.access());
    }
}
