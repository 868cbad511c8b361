package dev.longshore.gateway.proxy.domain;

import java.util.Locale;

/** The services behind the gateway. */
public enum Service {
    CONFIG,
    PUSH,
    SCAN,
    REPLICATION,
    RETENTION;

    /** As it names itself; the audience of tokens for it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }
}
