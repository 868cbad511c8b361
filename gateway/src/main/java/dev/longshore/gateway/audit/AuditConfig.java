package dev.longshore.gateway.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What makes the audit trail tamper-evident. */
@ConfigMapping(prefix = "longshore.audit")
public interface AuditConfig {

    /**
     * Private key (JWK, ES256) that signs checkpoints, and from which the entries' authentication codes are derived. Made at
     * the first start if it is missing. All gateways of an installation have the same one.
     */
    Path key();

    /** How often the gateway signs how long the chain is and how it ends, if it has grown. */
    @WithDefault("1m")
    Duration checkpointEvery();

    /** How long one verification may take. */
    @WithDefault("5m")
    Duration verificationPatience();

    /** A change that cannot be written to the trail within this is refused. */
    @WithDefault("2s")
    Duration patience();

    /** Refusals of the same within this are one entry, with their number. */
    @WithDefault("1m")
    Duration refusalWindow();

    /** An operation that was not answered for so long is an entry with the result {@code unknown}: its gateway died. */
    @WithDefault("1h")
    Duration answerPatience();

    /**
     * Entries older than this are taken out of the database into sealed files; at least 32 days, as an event may come again
     * for so long. Absent: they stay for ever.
     */
    Optional<Duration> keep();

    /** The folder of the sealed files. */
    Path segments();

    /** Where checkpoints go, outside the database that they speak of. */
    Checkpoints checkpoints();

    /** Places for checkpoints. */
    interface Checkpoints {

        /** A folder: a file per month, one signed checkpoint a line. */
        Path folder();

        /** A syslog server (RFC 5424): {@code udp://host:514} or {@code tcp://host:601}. */
        Optional<URI> syslog();

        /** Each checkpoint is posted here, as {@code application/jose}. */
        Optional<URI> webhook();
    }
}
