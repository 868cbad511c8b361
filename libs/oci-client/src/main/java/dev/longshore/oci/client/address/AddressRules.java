package dev.longshore.oci.client.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Judges one address. Pure. IPv6 forms that carry an IPv4 address are judged by that too. */
final class AddressRules {

    /** Answers to instances' questions about their own credentials, at providers that do not use link-local. */
    private static final List<Range> METADATA = List.of(
            Range.of("100.100.100.200", 32),
            Range.of("192.0.0.192", 32),
            Range.of("168.63.129.16", 32),
            Range.of("fd00:ec2:0:0:0:0:0:254", 128),
            Range.of("fd20:ce:0:0:0:0:0:254", 128));

    private static final List<Range> LINK_LOCAL = List.of(Range.of("169.254.0.0", 16), Range.of("fe80::", 10));
    private static final List<Range> MULTICAST = List.of(Range.of("224.0.0.0", 4), Range.of("ff00::", 8));
    private static final List<Range> UNSPECIFIED = List.of(Range.of("0.0.0.0", 8), Range.of("::", 128));
    private static final List<Range> RESERVED = List.of(Range.of("240.0.0.0", 4));
    private static final List<Range> LOOPBACK = List.of(Range.of("127.0.0.0", 8), Range.of("::1", 128));
    private static final List<Range> PRIVATE = List.of(
            Range.of("10.0.0.0", 8),
            Range.of("172.16.0.0", 12),
            Range.of("192.168.0.0", 16),
            Range.of("100.64.0.0", 10),
            Range.of("192.0.0.0", 24),
            Range.of("198.18.0.0", 15),
            Range.of("fc00::", 7),
            Range.of("fec0::", 10));

    private AddressRules() {}

    /** Why the address may not be used, as the rest of "… is at"; empty if it may. */
    static Optional<String> refusal(InetAddress address, boolean allowPrivate) {
        return kind(address, allowPrivate)
                .or(() -> embedded(address).flatMap(inner -> kind(inner, allowPrivate)))
                .map(kind -> "%s %s address".formatted(address.getHostAddress(), kind));
    }

    private static Optional<String> kind(InetAddress address, boolean allowPrivate) {
        var bytes = address.getAddress();
        if (within(METADATA, bytes)) {
            return Optional.of("(a cloud metadata service), a forbidden");
        }
        if (within(LINK_LOCAL, bytes)) {
            return Optional.of("(link-local), a forbidden");
        }
        if (within(MULTICAST, bytes) || within(UNSPECIFIED, bytes) || within(RESERVED, bytes)) {
            return Optional.of("(multicast, unspecified or reserved), a forbidden");
        }
        if (!allowPrivate && within(LOOPBACK, bytes)) {
            return Optional.of("(loopback), a private");
        }
        if (!allowPrivate && within(PRIVATE, bytes)) {
            return Optional.of("(a private network), a private");
        }
        return Optional.empty();
    }

    /** IPv4-compatible, IPv4-mapped, NAT64, 6to4 and Teredo addresses end at an IPv4 address. */
    private static Optional<InetAddress> embedded(InetAddress address) {
        var bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return Optional.empty();
        }
        if (Range.of("64:ff9b::", 96).contains(bytes) || isCompatible(bytes) || isMapped(bytes)) {
            return Optional.of(ipv4(bytes, 12, 0));
        }
        if (Range.of("2002::", 16).contains(bytes)) {
            return Optional.of(ipv4(bytes, 2, 0));
        }
        if (Range.of("2001::", 32).contains(bytes)) {
            return Optional.of(ipv4(bytes, 12, 0xff));
        }
        return Optional.empty();
    }

    /** ::a.b.c.d, which ::1 is not. */
    private static boolean isCompatible(byte[] bytes) {
        return isZero(bytes, 0, 12) && !within(LOOPBACK, bytes);
    }

    private static boolean isMapped(byte[] bytes) {
        return isZero(bytes, 0, 10) && bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (var i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress ipv4(byte[] bytes, int from, int mask) {
        var inner = Arrays.copyOfRange(bytes, from, from + 4);
        for (var i = 0; i < inner.length; i++) {
            inner[i] ^= (byte) mask;
        }
        try {
            return InetAddress.getByAddress(inner);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    private static boolean within(List<Range> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** The addresses that share a network's first bits. */
    private record Range(byte[] network, int bits) {

        static Range of(String literal, int bits) {
            return new Range(InetAddress.ofLiteral(literal).getAddress(), bits);
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (var bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
