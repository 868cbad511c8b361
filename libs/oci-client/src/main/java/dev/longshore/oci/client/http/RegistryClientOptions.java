package dev.longshore.oci.client.http;

import dev.longshore.oci.client.address.AddressGuard;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** What is needed to speak to one registry. Begin with {@link #of} and change what differs. */
public record RegistryClientOptions(
        URI baseUri,
        Credentials credentials,
        Tls tls,
        Timeouts timeouts,
        String userAgent,
        ChangeGuard changeGuard,
        AddressGuard addressGuard,
        Governor governor,
        List<RequestListener> listeners) {

    private static final int DEFAULT_CONCURRENCY = 6;

    public RegistryClientOptions {
        var scheme = baseUri.getScheme() == null ? "" : baseUri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || baseUri.getHost() == null) {
            throw new IllegalArgumentException("The registry's URL %s is not http(s)://host[:port]".formatted(baseUri));
        }
        if (baseUri.getRawUserInfo() != null || baseUri.getRawQuery() != null || baseUri.getRawFragment() != null) {
            throw new IllegalArgumentException("The registry's URL may have no user, query or fragment");
        }
        listeners = List.copyOf(listeners);
    }

    public static RegistryClientOptions of(URI baseUri) {
        return new RegistryClientOptions(
                baseUri,
                Credentials.anonymous(),
                Tls.defaults(),
                Timeouts.defaults(),
                "longshore/" + version(),
                ChangeGuard.open(),
                AddressGuard.of(false),
                Governor.ofConcurrency(DEFAULT_CONCURRENCY),
                List.of());
    }

    public RegistryClientOptions withCredentials(Credentials changed) {
        return new RegistryClientOptions(
                baseUri, changed, tls, timeouts, userAgent, changeGuard, addressGuard, governor, listeners);
    }

    public RegistryClientOptions withTls(Tls changed) {
        return new RegistryClientOptions(
                baseUri, credentials, changed, timeouts, userAgent, changeGuard, addressGuard, governor, listeners);
    }

    public RegistryClientOptions withTimeouts(Timeouts changed) {
        return new RegistryClientOptions(
                baseUri, credentials, tls, changed, userAgent, changeGuard, addressGuard, governor, listeners);
    }

    public RegistryClientOptions withUserAgent(String changed) {
        return new RegistryClientOptions(
                baseUri, credentials, tls, timeouts, changed, changeGuard, addressGuard, governor, listeners);
    }

    public RegistryClientOptions withChangeGuard(ChangeGuard changed) {
        return new RegistryClientOptions(
                baseUri, credentials, tls, timeouts, userAgent, changed, addressGuard, governor, listeners);
    }

    public RegistryClientOptions withAddressGuard(AddressGuard changed) {
        return new RegistryClientOptions(
                baseUri, credentials, tls, timeouts, userAgent, changeGuard, changed, governor, listeners);
    }

    public RegistryClientOptions withGovernor(Governor changed) {
        return new RegistryClientOptions(
                baseUri, credentials, tls, timeouts, userAgent, changeGuard, addressGuard, changed, listeners);
    }

    public RegistryClientOptions withListeners(List<RequestListener> changed) {
        return new RegistryClientOptions(
                baseUri, credentials, tls, timeouts, userAgent, changeGuard, addressGuard, governor, changed);
    }

    private static String version() {
        var version = RegistryClientOptions.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
