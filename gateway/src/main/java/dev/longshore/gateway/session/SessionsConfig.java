package dev.longshore.gateway.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How long people stay signed in, and what signing in may cost. */
@ConfigMapping(prefix = "longshore.sessions")
public interface SessionsConfig {

    /** After this long, one signs in again. */
    @WithDefault("12h")
    Duration lifetime();

    /** For so long a token that was looked up is not looked up again: after signing out elsewhere it works on for as long. */
    @WithDefault("5s")
    Duration remembered();

    /** Passwords checked at once; each takes 19 MiB for a tenth of a second. */
    @WithDefault("2")
    @Min(1)
    int passwordChecks();

    /** Who waits longer for a password to be checked is told to come again. */
    @WithDefault("5s")
    Duration passwordPatience();

    /** How whoever guesses passwords is slowed down. */
    Throttle throttle();

    /** Each wait is twice the one before; an hour without an attempt ends it. */
    interface Throttle {

        /** Attempts at an account from one address that wait for nothing. */
        @WithDefault("5")
        @Min(1)
        int attempts();

        /** Longest wait between two attempts at an account from one address. */
        @WithDefault("15m")
        Duration longestWait();

        /** Attempts at one account, from addresses where its owner never signed in, that wait for nothing. */
        @WithDefault("50")
        @Min(1)
        int strangersPerAccount();

        /** Attempts from one address, at accounts whose owners never signed in there, that wait for nothing. */
        @WithDefault("20")
        @Min(1)
        int strangersPerAddress();

        /** Longest wait between two attempts of strangers: short, as others may share the address. */
        @WithDefault("1m")
        Duration strangersWait();
    }
}
