package dev.longshore.gateway.audit.postgres;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Where a page of the trail ends. */
public record AuditPosition(Instant occurredAt, UUID eventId) {

    public static AuditPosition of(AuditEntry entry) {
        return new AuditPosition(entry.occurredAt(), UUID.fromString(entry.id()));
    }

    /** Empty for a text that is no position. */
    public static Optional<AuditPosition> parse(String text) {
        try {
            var space = text.indexOf(' ');
            return Optional.of(new AuditPosition(
                    Instant.parse(text.substring(0, space)), UUID.fromString(text.substring(space + 1))));
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return occurredAt + " " + eventId;
    }
}
