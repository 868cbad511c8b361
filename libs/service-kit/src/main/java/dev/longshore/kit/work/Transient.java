package dev.longshore.kit.work;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;

/** Tells failures of the infrastructure, which pass, from those of the work, which do not. */
public final class Transient {

    private Transient() {}

    /** Whether the database or the broker was away or busy. */
    public static boolean isTransient(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(12)
                .anyMatch(Transient::isTransientItself);
    }

    private static boolean isTransientItself(Throwable failure) {
        if (failure instanceof PgException postgres) {
            var state = String.valueOf(postgres.getSqlState());
            // PostgreSQL appendix A: connection exception, transaction rollback, insufficient resources, operator
            // intervention.
            return state.startsWith("08") || state.startsWith("40") || state.startsWith("53") || state.startsWith("57");
        }
        if (failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof RetriableException) {
            return true;
        }
        // Vert.x signals a pool that cannot connect, or times out, with exceptions of internal types.
        var message = String.valueOf(failure.getMessage());
        return failure.getClass().getName().startsWith("io.vertx.core")
                && Stream.of("Timeout", "Connection", "connection", "closed", "Failed to read")
                        .anyMatch(message::contains);
    }
}
