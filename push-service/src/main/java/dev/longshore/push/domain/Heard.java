package dev.longshore.push.domain;

import dev.longshore.oci.Reference;
import dev.longshore.registries.Notification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the notifications of one delivery are taken for.
 *
 * @param removedRepositories of which all that is known is to be read again
 * @param ignored pulls that say nothing: our own, and those that do not say of what
 */
public record Heard(List<Hint> hints, List<Pull> pulls, List<String> removedRepositories, int ignored) {

    /** How all of Longshore calls itself to registries. */
    private static final String OURSELVES = "longshore/";

    public Heard {
        hints = List.copyOf(hints);
        pulls = List.copyOf(pulls);
        removedRepositories = List.copyOf(removedRepositories);
    }

    /** @param receivedAt nothing was done later than we heard of it, whatever the registry's clock says */
    public static Heard in(List<Notification> notifications, Instant receivedAt) {
        var hints = new ArrayList<Hint>();
        var pulls = new ArrayList<Pull>();
        var removed = new ArrayList<String>();
        var ignored = 0;
        for (var each : notifications) {
            var at = when(each.timestamp(), receivedAt);
            switch (each.action()) {
                case PULL -> {
                    var pull = pull(each, at);
                    pull.ifPresent(pulls::add);
                    ignored += pull.isEmpty() ? 1 : 0;
                }
                case PUSH, DELETE ->
                    reference(each)
                            .ifPresentOrElse(
                                    reference -> hints.add(
                                            new Hint(each.action(), reference, each.digest(), at, each.actor())),
                                    () -> removed.add(each.repository()));
            }
        }
        return new Heard(hints, pulls, removed, ignored);
    }

    private static Optional<Reference> reference(Notification notification) {
        if (notification.tag() != null) {
            return Optional.of(new Reference.Tagged(notification.repository(), notification.tag()));
        }
        return Stream.ofNullable(notification.digest())
                .<Reference>map(digest -> new Reference.Pinned(notification.repository(), digest))
                .findFirst();
    }

    private static Optional<Pull> pull(Notification notification, Instant at) {
        var agent = notification.userAgent();
        var digest = notification.digest();
        if (digest == null || (agent != null && agent.startsWith(OURSELVES))) {
            return Optional.empty();
        }
        return Optional.of(new Pull(notification.repository(), notification.tag(), digest, at, notification.actor()));
    }

    /** In microseconds, as it is stored: else what is compared with the stored time would be later than itself. */
    private static Instant when(Instant told, Instant receivedAt) {
        return (told.isAfter(receivedAt) ? receivedAt : told).truncatedTo(ChronoUnit.MICROS);
    }
}
