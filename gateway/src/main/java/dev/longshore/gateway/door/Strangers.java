package dev.longshore.gateway.door;

import dev.longshore.gateway.door.settings.DoorConfig;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may see how the gateway does, and which pages may open a WebSocket: not those of strangers. */
@ApplicationScoped
class Strangers {

    private final List<IpSubnetFilterRule> observers;
    private final List<String> origins;

    Strangers(DoorConfig config) {
        this.observers = config.observers().stream().map(Strangers::network).toList();
        this.origins = config.cors().origins().orElse(List.of());
    }

    /** What a proxy hands on came from elsewhere, wherever the proxy is. */
    boolean mayNotObserve(HttpServerRequest request) {
        return !isObserver(request.remoteAddress().hostAddress())
                || Stream.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
                        .anyMatch(request.headers()::contains);
    }

    private boolean isObserver(String address) {
        try {
            var socket = new InetSocketAddress(InetAddress.getByName(address), 0);
            return observers.stream().anyMatch(network -> network.matches(socket));
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /**
     * A browser asks nobody before it opens a WebSocket for a page, but says whose page it is. Programs do not say, and are
     * asked for a token like everyone.
     */
    boolean isForeignPage(HttpServerRequest request) {
        var origin = request.getHeader("Origin");
        return origin != null
                && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && !origins.contains(origin)
                && !host(origin).equals(Optional.ofNullable(request.getHeader("Host")));
    }

    private static Optional<String> host(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static IpSubnetFilterRule network(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("longshore.door.observers: " + text + " is no network like 10.0.0.0/8");
        }
        return new IpSubnetFilterRule(
                text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)), IpFilterRuleType.ACCEPT);
    }
}
