package dev.longshore.kit.inbox;

import dev.longshore.events.Event;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.event.UnreadableRecordException;
import dev.longshore.kit.projection.Projections;
import dev.longshore.kit.work.Home;
import dev.longshore.kit.work.Transient;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Takes a record to its effect.
 *
 * <p>While the database or the broker is away, it waits and tries again: order is kept and nothing is lost. Whatever
 * else fails is tried three times; then the record goes to the dead letters, so that those behind it go on. See
 * docs/adr/0004.
 */
@ApplicationScoped
public class Consumption {

    private static final Logger LOG = Logger.getLogger(Consumption.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 3;

    private final MeterRegistry meters;
    private final Projections projections;

    Consumption(MeterRegistry meters, Projections projections) {
        this.meters = meters;
        this.projections = projections;
    }

    /** Emits when the effect is committed; fails when the record belongs to the dead letters. */
    public <E extends Event> Uni<Void> handle(
            ConsumerRecord<String, String> message, Class<E> family, Function<Received<E>, Uni<Void>> effect) {
        return Uni.createFrom()
                .item(() -> EventCodec.decode(message, family))
                .chain(received -> untilItIsDone(message, () -> effect.apply(received)))
                .onFailure()
                .call(failure -> untilItIsDone(message, () -> projections.leaveHole(message))
                        .invoke(() -> deadLetter(message, failure)));
    }

    /** As {@link #handle}, of a compacted topic: the effect is applied once, in its transaction (docs/adr/0011). */
    public <E extends Event> Uni<Void> project(
            ConsumerRecord<String, String> message,
            Class<E> family,
            BiFunction<Mutiny.Session, Received<E>, Uni<Void>> effect) {
        return handle(
                message, family, received -> projections.apply(message, session -> effect.apply(session, received)));
    }

    /** Emits when the effect, which is for records that may be no events, is done. */
    public Uni<Void> handle(ConsumerRecord<String, String> message, Supplier<Uni<Void>> effect) {
        return untilItIsDone(message, effect).onFailure().invoke(failure -> deadLetter(message, failure));
    }

    private Uni<Void> untilItIsDone(ConsumerRecord<String, String> message, Supplier<Uni<Void>> effect) {
        var home = Home.here();
        return Uni.createFrom()
                .deferred(effect::get)
                .runSubscriptionOn(home)
                .onFailure(
                        failure -> !(failure instanceof UnreadableRecordException) && !Transient.isTransient(failure))
                .retry()
                .atMost(ATTEMPTS - 1)
                .onFailure(Transient::isTransient)
                .invoke(failure -> waiting(message, failure))
                .onFailure(Transient::isTransient)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .emitOn(home);
    }

    private void waiting(ConsumerRecord<String, String> message, Throwable failure) {
        LOG.warnf(
                "Trying partition %d, offset %d of %s again: %s",
                message.partition(), message.offset(), message.topic(), failure);
        meters.counter("longshore.consumer.retries", "topic", message.topic()).increment();
    }

    /** Counts and logs a record that its consumer puts aside itself. */
    public void deadLetter(ConsumerRecord<String, String> message, Throwable failure) {
        LOG.errorf(
                failure,
                "Partition %d, offset %d of %s goes to the dead letters",
                message.partition(),
                message.offset(),
                message.topic());
        meters.counter("longshore.dead.letters", "topic", message.topic()).increment();
    }
}
