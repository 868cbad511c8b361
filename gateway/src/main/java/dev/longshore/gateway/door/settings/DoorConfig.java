package dev.longshore.gateway.door.settings;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the door lets in. */
@ConfigMapping(prefix = "longshore.door")
public interface DoorConfig {

    /** Largest body of a request to the API; webhooks have a bound of their own. */
    @WithDefault("4M")
    MemorySize largestBody();

    /** Largest archive of a checkpoint, which is streamed through. push-service has a bound of its own. */
    @WithDefault("64G")
    MemorySize largestUpload();

    /** How long the head of a request may take to arrive; from the connection's beginning, TLS included. */
    @WithDefault("10s")
    Duration headPatience();

    /** How long the body of a request may take in all; archives are held to the pace alone. */
    @WithDefault("60s")
    Duration bodyPatience();

    /** A body that comes, or an answer that is read, at fewer bytes a second than this is too slow. */
    @WithDefault("512")
    MemorySize slowest();

    /** For so long it may be too slow; then the connection is ended. */
    @WithDefault("20s")
    Duration pacePatience();

    /** Networks from which {@code /q/} is answered: health and metrics. Elsewhere, and through a proxy, it is not there. */
    @WithDefault("127.0.0.0/8,::1/128")
    List<String> observers();

    Tls tls();

    Cors cors();

    /** TLS at the door; without a certificate there is none. */
    interface Tls {
        /** Certificate chain, PEM. Read again when it changes, with its key. */
        Optional<Path> certificate();

        /** Private key of the certificate, PEM (PKCS#8). */
        Optional<Path> key();

        /** How often it is looked whether they changed. */
        @WithDefault("1m")
        Duration reload();

        /** Port of HTTPS. */
        @WithDefault("8443")
        int port();

        /** What becomes of requests without TLS: {@code enabled}, {@code redirect} or {@code disabled}. */
        @WithDefault("enabled")
        String plain();
    }

    /** Pages of others that may use the API from a browser. */
    interface Cors {
        /** Their origins, like {@code https://console.example.com}; none if not given. */
        Optional<List<String>> origins();
    }
}
