package dev.longshore.gateway.proxy.domain;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which header fields go on from one hop to the next. */
public final class HeaderRules {

    /** RFC 9110, section 7.6.1: they speak of one connection. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** What a caller might say of itself and is not believed, or what is made anew for the next hop. */
    private static final Set<String> NOT_BELIEVED = Set.of(
            "authorization",
            "cookie",
            "host",
            "expect",
            "forwarded",
            "via",
            "x-real-ip",
            "traceparent",
            "tracestate",
            "baggage");

    private static final Set<String> NOT_TOLD = Set.of("server", "set-cookie", "via", "alt-svc");

    private final Set<String> namedByConnection;

    private HeaderRules(Set<String> namedByConnection) {
        this.namedByConnection = namedByConnection;
    }

    /** @param connection all values of the message's {@code Connection} fields: they name more that end here */
    public static HeaderRules of(Collection<String> connection) {
        return new HeaderRules(connection.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    }

    public boolean goesToService(String field) {
        var name = field.toLowerCase(Locale.ROOT);
        return !endsHere(name) && !NOT_BELIEVED.contains(name) && !name.startsWith("x-forwarded");
    }

    public boolean goesToCaller(String field) {
        var name = field.toLowerCase(Locale.ROOT);
        return !endsHere(name) && !NOT_TOLD.contains(name);
    }

    private boolean endsHere(String name) {
        // The length is of the body, which goes on as it is: a Connection field cannot take it away.
        return HOP_BY_HOP.contains(name) || (namedByConnection.contains(name) && !name.equals("content-length"));
    }

    /** A location at the service itself becomes one here: the path alone. */
    public static String publicLocation(String location, String serviceBase) {
        return location.startsWith(serviceBase + "/") ? location.substring(serviceBase.length()) : location;
    }
}
