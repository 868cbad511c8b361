package dev.longshore.registries;

import dev.longshore.events.ConfigEvent.Secret;

/** Opens a configured secret at the moment of its use. */
@FunctionalInterface
public interface SecretOpener {

    /** @param binding what the seal is bound to: {@link ConfiguredRegistry#binding} */
    String open(Secret secret, String binding);
}
