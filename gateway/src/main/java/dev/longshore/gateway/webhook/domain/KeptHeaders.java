package dev.longshore.gateway.webhook.domain;

import dev.longshore.oci.ForeignText;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is kept of a notification's header fields: none that could hold a secret. */
public final class KeptHeaders {

    private static final int MOST = 64;
    private static final int LONGEST_VALUE = 1024;
    private static final Pattern SECRET =
            Pattern.compile("auth|secret|token|cookie|signature|password|credential|api-?key|session");
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "keep-alive", "transfer-encoding", "te", "upgrade", "expect", "proxy-connection");

    private KeptHeaders() {}

    /** @param secretHeader that the registry's settings name for its secret */
    public static Map<String, String> of(Iterable<Map.Entry<String, String>> fields, String secretHeader) {
        var kept = new TreeMap<String, String>();
        for (var field : fields) {
            var name = field.getKey().toLowerCase(Locale.ROOT);
            if (mayBeKept(name, secretHeader) && kept.size() < MOST) {
                kept.merge(name, shortened(field.getValue()), (one, other) -> shortened(one + ", " + other));
            }
        }
        return Map.copyOf(kept);
    }

    private static boolean mayBeKept(String name, String secretHeader) {
        return !OF_THE_CONNECTION.contains(name)
                && !name.equalsIgnoreCase(secretHeader)
                && !SECRET.matcher(name).find();
    }

    private static String shortened(String value) {
        return ForeignText.bounded(value, LONGEST_VALUE);
    }
}
