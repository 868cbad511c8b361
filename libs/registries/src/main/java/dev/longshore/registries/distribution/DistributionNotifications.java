package dev.longshore.registries.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.Digest;
import dev.longshore.oci.ForeignText;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Names;
import dev.longshore.registries.Notification;
import dev.longshore.registries.Notification.Action;
import dev.longshore.registries.ParsedNotifications;
import dev.longshore.registries.ParsedNotifications.Unusable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code application/vnd.docker.distribution.events.v1+json}, and {@code v2+json}, which is the same. The body may
 * hold several unrelated events; one that is odd does not spoil the others.
 */
public final class DistributionNotifications {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Notification> notifications = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private int skipped;

    private DistributionNotifications() {}

    /** Never fails: a body that is no envelope at all is one unusable event. */
    public static ParsedNotifications parse(byte[] body) {
        var parser = new DistributionNotifications();
        parser.readEnvelope(body);
        return new ParsedNotifications(parser.notifications, parser.unusable, parser.skipped);
    }

    private void readEnvelope(byte[] body) {
        try {
            var envelope = JSON.readTree(body);
            var events = envelope == null ? null : envelope.get("events");
            if (events == null || !events.isArray()) {
                unusable.add(new Unusable("", "The body has no list of events"));
                return;
            }
            events.forEach(this::readEvent);
        } catch (IOException _) {
            unusable.add(new Unusable("", "The body is not JSON"));
        }
    }

    private void readEvent(JsonNode event) {
        var id = text(event.get("id")).orElse("");
        try {
            notification(id, event).ifPresentOrElse(notifications::add, () -> skipped++);
        } catch (IllegalArgumentException | DateTimeException e) {
            unusable.add(new Unusable(printable(id), printable(String.valueOf(e.getMessage()))));
        }
    }

    private static Optional<Notification> notification(String id, JsonNode event) {
        if (!event.isObject()) {
            throw new IllegalArgumentException("The event is not an object");
        }
        var action = action(event);
        if (action.isEmpty() || isOfNoInterest(action.get(), event)) {
            return Optional.empty();
        }
        if (id.isEmpty()) {
            throw new IllegalArgumentException("The event has no id");
        }
        var target = event.path("target");
        var request = event.path("request");
        return Optional.of(new Notification(
                id,
                action.get(),
                Names.repository(text(target.get("repository")).orElse("")),
                text(target.get("tag")).map(Names::tag).orElse(null),
                digest(action.get(), target),
                text(target.get("mediaType")).orElse(null),
                timestamp(event),
                text(event.path("actor").get("name")).orElse(null),
                text(request.get("useragent")).orElse(null),
                text(request.get("addr")).orElse(null)));
    }

    /** Nothing for a mount, which is of a blob. */
    private static Optional<Action> action(JsonNode event) {
        var action = text(event.get("action")).orElse("");
        return switch (action) {
            case "push" -> Optional.of(Action.PUSH);
            case "pull" -> Optional.of(Action.PULL);
            case "delete" -> Optional.of(Action.DELETE);
            case "mount" -> Optional.empty();
            default -> throw new IllegalArgumentException("The action '%s' is not known".formatted(action));
        };
    }

    private static boolean isOfNoInterest(Action action, JsonNode event) {
        if (action == Action.DELETE) {
            return false;
        }
        // A HEAD is announced as a pull, and pulls nothing.
        return text(event.path("request").get("method")).filter("HEAD"::equals).isPresent()
                || !isManifest(event.path("target"));
    }

    private static boolean isManifest(JsonNode target) {
        return text(target.get("mediaType")).filter(MediaType::isManifest).isPresent()
                || text(target.get("url"))
                        .filter(url -> url.contains("/manifests/"))
                        .isPresent();
    }

    private static @Nullable Digest digest(Action action, JsonNode target) {
        var digest = text(target.get("digest")).map(Digest::parse);
        if (action == Action.PUSH && digest.isEmpty()) {
            throw new IllegalArgumentException("The push has no digest");
        }
        return digest.orElse(null);
    }

    private static Instant timestamp(JsonNode event) {
        var text = text(event.get("timestamp"))
                .orElseThrow(() -> new IllegalArgumentException("The event has no timestamp"));
        return OffsetDateTime.parse(text).toInstant();
    }

    private static Optional<String> text(@Nullable JsonNode node) {
        return node == null || !node.isTextual() || node.asText().isEmpty()
                ? Optional.empty()
                : Optional.of(node.asText());
    }

    private static String printable(String text) {
        return ForeignText.bounded(text, 200);
    }
}
