package dev.longshore.kit.event;

import dev.longshore.events.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event as it came from its topic.
 *
 * @param key the record's key
 * @param event empty for a null record: the key's state is gone
 */
public record Received<E extends Event>(UUID id, String source, Instant time, String key, Optional<E> event) {}
