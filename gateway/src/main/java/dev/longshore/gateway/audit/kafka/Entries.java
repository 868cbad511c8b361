package dev.longshore.gateway.audit.kafka;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.gateway.audit.domain.Entry;
import dev.longshore.kit.event.StoredJson;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entries of the trail from the events that tell them. */
final class Entries {

    private static final String SOURCES = "/longshore/";

    private Entries() {}

    static Entry of(UUID eventId, String source, AuditRecorded event) {
        return new Entry(
                eventId,
                event.occurredAt().truncatedTo(ChronoUnit.MICROS),
                clean(event.project()),
                clean(source.startsWith(SOURCES) ? source.substring(SOURCES.length()) : source),
                clean(event.actor()),
                cleanOrNull(event.address()),
                cleanOrNull(event.token()),
                clean(event.action()),
                clean(event.resource()),
                event.result().name().toLowerCase(Locale.ROOT),
                cleanOrNull(event.detail()),
                json(event.before()),
                json(event.after()),
                cleanOrNull(event.traceId()));
    }

    private static @Nullable String json(@Nullable Map<String, Object> state) {
        return state == null ? null : StoredJson.write(state);
    }

    /** PostgreSQL's text holds every character but one. */
    private static String clean(String text) {
        return text.replace('\0', '?');
    }

    private static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }
}
