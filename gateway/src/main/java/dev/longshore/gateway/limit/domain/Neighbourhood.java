package dev.longshore.gateway.limit.domain;

/** What counts as one address: a single machine is given a whole /64 of IPv6, and could come from each of its addresses. */
public final class Neighbourhood {

    private static final int GROUPS = 8;

    private Neighbourhood() {}

    /** @param address a numeric one, as a socket tells it */
    public static String of(String address) {
        var zone = address.indexOf('%');
        var plain = zone < 0 ? address : address.substring(0, zone);
        if (!plain.contains(":") || plain.contains(".")) {
            return plain;
        }
        var groups = expanded(plain).split(":");
        return groups.length < GROUPS ? plain : String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::/64";
    }

    private static String expanded(String address) {
        var gap = address.indexOf("::");
        if (gap < 0) {
            return address;
        }
        var before = address.substring(0, gap);
        var after = address.substring(gap + 2);
        var missing = GROUPS - count(before) - count(after);
        var zeros = "0:".repeat(Math.max(0, missing));
        var head = before.isEmpty() ? "" : before + ":";
        return after.isEmpty() ? head + zeros : head + zeros + after;
    }

    private static int count(String groups) {
        return groups.isEmpty() ? 0 : groups.split(":").length;
    }
}
