package dev.longshore.gateway.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the services are, and how patient the gateway is with them. */
@ConfigMapping(prefix = "longshore.proxy")
public interface ProxyConfig {

    Services services();

    /** Name of the configuration in Quarkus' TLS registry with which services at {@code https} addresses are spoken to. */
    Optional<String> tls();

    /** A service that does not take a connection within this is away. */
    @WithDefault("800ms")
    Duration connectTimeout();

    /** Longest silence on a connection to a service while something is asked of it. */
    @WithDefault("30s")
    Duration silence();

    /** How long the list of executions waits for the slowest service. */
    @WithDefault("2s")
    Duration listPatience();

    /** Requests in flight at once to one service. */
    @WithDefault("128")
    @Min(1)
    int concurrency();

    /** Requests that wait for one of those to end; more are answered 503. */
    @WithDefault("512")
    int queue();

    /** How long such a one waits. */
    @WithDefault("5s")
    Duration queuePatience();

    Breaker breaker();

    /** When a service is taken for away, and is no longer asked. */
    interface Breaker {
        /** Connections that it did not take, within the window. */
        @WithDefault("3")
        @Min(1)
        int failures();

        /** In which those are counted. */
        @WithDefault("10s")
        Duration window();

        /** After so long without an answer it is asked whether it lives. */
        @WithDefault("500ms")
        Duration suspectAfter();

        /** How long it has to say so; if it does not, all that waits for it is answered. */
        @WithDefault("2s")
        Duration signOfLifePatience();

        /** So often each service is asked whether it lives, also while nobody waits for it. */
        @WithDefault("1s")
        Duration askEvery();

        /** So often a service that is away is asked again. */
        @WithDefault("1s")
        Duration askAgainAfter();
    }

    /** Base addresses. */
    interface Services {
        /** Address of config-service. */
        @WithDefault("http://127.0.0.1:8001")
        URI config();

        /** Address of push-service. */
        @WithDefault("http://127.0.0.1:8002")
        URI push();

        /** Address of scan-service. */
        @WithDefault("http://127.0.0.1:8003")
        URI scan();

        /** Address of replication-service. */
        @WithDefault("http://127.0.0.1:8004")
        URI replication();

        /** Address of retention-service. */
        @WithDefault("http://127.0.0.1:8005")
        URI retention();
    }
}
