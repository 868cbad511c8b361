package dev.longshore.push.registry;

import dev.longshore.registries.ParsedNotifications;
import dev.longshore.registries.Vendor;
import dev.longshore.registries.distribution.DistributionNotifications;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Who understands the notifications of which vendor. */
public final class NotificationParsers {

    private static final Map<Vendor, Function<byte[], ParsedNotifications>> PARSERS =
            Map.of(Vendor.DISTRIBUTION, DistributionNotifications::parse);

    private NotificationParsers() {}

    /** Empty for a vendor whose notifications nobody here understands. */
    public static Optional<Function<byte[], ParsedNotifications>> of(String vendor) {
        return PARSERS.entrySet().stream()
                .filter(parser -> parser.getKey().toString().equals(vendor))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
