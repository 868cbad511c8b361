package dev.longshore.sabotage.domain;

import dev.longshore.sabotage.rest.SabotageResource;
import java.time.Instant;
import java.util.UUID;

/** A domain class that does all that one must not. */
public final class Decision {

    private final Instant at = Instant.now();
    private final UUID id = UUID.randomUUID();

    public String answeredBy(SabotageResource resource) {
        return id + " " + at + " " + resource.path(this);
    }
}
