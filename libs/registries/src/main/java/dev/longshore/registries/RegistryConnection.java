package dev.longshore.registries;

import dev.longshore.oci.Names;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.Tls;
import java.net.URI;
import java.util.List;

/**
 * How a registered registry is reached, its credentials opened.
 *
 * @param version of the registry's configuration
 * @param hosts under which addresses others speak of it
 */
public record RegistryConnection(
        String name,
        long version,
        Vendor vendor,
        URI url,
        List<String> hosts,
        Credentials credentials,
        Tls tls,
        Limits limits,
        boolean allowPrivateAddresses) {

    public RegistryConnection {
        Names.registry(name);
        hosts = List.copyOf(hosts);
    }

    /** How much the registry may be asked of at once. */
    public record Limits(int concurrency) {

        public static final int DEFAULT_CONCURRENCY = 6;

        public Limits {
            if (concurrency < 1) {
                throw new IllegalArgumentException("The concurrency is at least 1");
            }
        }

        public static Limits defaults() {
            return new Limits(DEFAULT_CONCURRENCY);
        }
    }
}
