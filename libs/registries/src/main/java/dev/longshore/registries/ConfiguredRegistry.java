package dev.longshore.registries;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.Secret;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.Tls;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** From what config-service says of a registry to a connection. */
public final class ConfiguredRegistry {

    private ConfiguredRegistry() {}

    /**
     * What the seal of a registry's secret is bound to: moved to another registry, scheme, host, port, version or field,
     * the secret does not open.
     *
     * @param version of the credentials, not of the registry's whole configuration
     * @param field {@code password}, {@code token}, {@code clientKey}, {@code webhookSecret}, {@code previousWebhookSecret}
     */
    public static String binding(String registry, URI url, long version, String field) {
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        var port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return String.join(
                "\n",
                registry,
                scheme,
                url.getHost().toLowerCase(Locale.ROOT),
                Integer.toString(port),
                Long.toString(version),
                field);
    }

    /** The connection, its secrets opened. Fails as {@code opener} does if one does not open. */
    public static RegistryConnection connection(RegistryConfigured configured, SecretOpener opener) {
        return new RegistryConnection(
                configured.name(),
                configured.version(),
                Vendor.parse(configured.vendor()),
                configured.url(),
                configured.hosts(),
                credentials(configured, opener),
                tls(configured, opener),
                new RegistryConnection.Limits(configured.limits().concurrency()),
                configured.allowPrivateAddresses());
    }

    private static Credentials credentials(RegistryConfigured configured, SecretOpener opener) {
        var credentials = configured.credentials();
        return switch (credentials.type()) {
            case "none" -> Credentials.anonymous();
            case "basic" ->
                new Credentials.Basic(
                        credentials.settings().getOrDefault("username", ""), secret(configured, "password", opener));
            case "token" -> new Credentials.Token(secret(configured, "token", opener));
            default ->
                throw new IllegalArgumentException("Credentials of type '" + credentials.type()
                        + "' cannot be used yet; use basic, token or none");
        };
    }

    private static String secret(RegistryConfigured configured, String field, SecretOpener opener) {
        var secret = Optional.ofNullable(configured.credentials().secrets().get(field))
                .orElseThrow(() -> new IllegalArgumentException("The credentials have no " + field));
        return open(configured, secret, field, opener);
    }

    private static Tls tls(RegistryConfigured configured, SecretOpener opener) {
        var tls = configured.tls();
        var key = tls.clientKey();
        return new Tls(
                tls.verify(),
                tls.caBundle(),
                tls.clientCertificate(),
                key == null ? null : open(configured, key, "clientKey", opener));
    }

    private static String open(RegistryConfigured configured, Secret secret, String field, SecretOpener opener) {
        return opener.open(
                secret,
                binding(
                        configured.name(),
                        configured.url(),
                        configured.credentials().version(),
                        field));
    }
}
