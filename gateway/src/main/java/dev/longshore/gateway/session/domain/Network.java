package dev.longshore.gateway.session.domain;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Where someone is, as far as it tells people apart: of IPv6 everyone has 2^64 addresses. */
public final class Network {

    private static final int IPV6_NETWORK_BYTES = 8;

    private Network() {}

    /** @param address a literal; anything else stands for itself */
    public static String of(String address) {
        try {
            var parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES)) + "/64"
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
