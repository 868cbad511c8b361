package dev.longshore.oci.client.address;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Resolves hosts, and refuses those at addresses that must not be reached through Longshore (SSRF). Callers connect to
 * the addresses that it returns and do not resolve again, or a name could change its mind in between.
 */
public final class AddressGuard {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 256;

    private final boolean allowPrivateAddresses;
    private final Resolver resolver;
    private final Map<String, Resolved> known = new ConcurrentHashMap<>();

    private record Resolved(List<InetAddress> addresses, Instant at) {}

    /** Where names become addresses; blocking. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private AddressGuard(boolean allowPrivateAddresses, Resolver resolver) {
        this.allowPrivateAddresses = allowPrivateAddresses;
        this.resolver = resolver;
    }

    /** Loopback and private networks only if they are allowed; link-local, metadata and the like never. */
    public static AddressGuard of(boolean allowPrivateAddresses) {
        return new AddressGuard(allowPrivateAddresses, InetAddress::getAllByName);
    }

    public static AddressGuard of(boolean allowPrivateAddresses, Resolver resolver) {
        return new AddressGuard(allowPrivateAddresses, resolver);
    }

    /**
     * The host's addresses, IPv4 first, never empty. Fails with {@link ForbiddenAddressException} if any of them is
     * forbidden, and with {@link UnknownHostException} if there are none.
     */
    public Uni<List<InetAddress>> resolve(Vertx vertx, String host) {
        var remembered = known.get(host);
        if (remembered != null && remembered.at().plus(REMEMBERED).isAfter(Instant.now())) {
            return Uni.createFrom().item(remembered.addresses());
        }
        return vertx.executeBlocking(() -> check(host), false).invoke(addresses -> remember(host, addresses));
    }

    /** The blocking form of {@link #resolve}. */
    public List<InetAddress> check(String host) throws UnknownHostException {
        var addresses = Stream.of(resolver.resolve(withoutBrackets(host)))
                .sorted(Comparator.comparing(address -> address instanceof Inet4Address ? 0 : 1))
                .toList();
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        for (var address : addresses) {
            var refusal = refusal(address);
            if (refusal.isPresent()) {
                throw new ForbiddenAddressException(host, refusal.get());
            }
        }
        return addresses;
    }

    /** Why this address may not be used, if so. */
    public Optional<String> refusal(InetAddress address) {
        return AddressRules.refusal(address, allowPrivateAddresses);
    }

    private void remember(String host, List<InetAddress> addresses) {
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        known.put(host, new Resolved(addresses, Instant.now()));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
