package dev.longshore.oci.client.headers;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One way in that a server offers in {@code WWW-Authenticate}. Scheme and parameter names are in lower case. */
public record Challenge(String scheme, Map<String, String> parameters) {

    public Challenge {
        scheme = scheme.toLowerCase(Locale.ROOT);
        parameters = Map.copyOf(parameters);
    }

    public boolean isBearer() {
        return scheme.equals("bearer");
    }

    public boolean isBasic() {
        return scheme.equals("basic");
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
