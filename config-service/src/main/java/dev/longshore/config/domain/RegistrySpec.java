package dev.longshore.config.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longshore.events.ConfigEvent.Limits;
import dev.longshore.registries.Vendor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A registry as Longshore is to reach it. What is secret is kept beside it, by {@link SecretField}. */
public record RegistrySpec(
        String project,
        Vendor vendor,
        URI url,
        List<String> hosts,
        Mode mode,
        Credentials credentials,
        Tls tls,
        Webhook webhook,
        Duration reconcileEvery,
        List<String> repositories,
        Limits limits,
        boolean allowPrivateAddresses)
        implements Spec {

    /** Observe shows what would be done to the registry, and changes nothing. */
    public enum Mode {
        @JsonProperty("enforce")
        ENFORCE,
        @JsonProperty("observe")
        OBSERVE
    }

    /** How Longshore says who it is. The cloud vendors' own come later. */
    public enum CredentialType {
        @JsonProperty("none")
        NONE,
        @JsonProperty("basic")
        BASIC,
        @JsonProperty("token")
        TOKEN
    }

    /** @param username only with {@code basic} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Credentials(CredentialType type, @Nullable String username) {}

    /** All in PEM. */
    public record Tls(
            boolean verify,
            @Nullable String caBundle,
            @Nullable String clientCertificate) {}

    /** @param header in which a static secret is expected */
    public record Webhook(String header) {}

    /** Whether the registry has an address of another scheme, host or port: secrets do not move there by themselves. */
    boolean isElsewhereThan(RegistrySpec other) {
        return !origin().equals(other.origin());
    }

    /** {@code https://registry.corp:443}. */
    String origin() {
        return "%s://%s:%d".formatted(url.getScheme(), url.getHost().toLowerCase(Locale.ROOT), port());
    }

    /** The one of the scheme if the URL names none. */
    public int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isEncrypted() ? 443 : 80;
    }

    @JsonIgnore
    public boolean isEncrypted() {
        return url.getScheme().equals("https");
    }
}
