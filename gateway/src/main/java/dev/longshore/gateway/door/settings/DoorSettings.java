package dev.longshore.gateway.door.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What {@link DoorConfig} says of certificates and of other origins, as Quarkus has to hear it. It takes an empty setting
 * for a mistake, and so cannot be handed ours by reference.
 */
public final class DoorSettings implements ConfigSourceFactory {

    /** Below what an operator says to Quarkus directly, above the defaults. */
    private static final int ORDINAL = 240;

    private static final String TLS = "longshore.door.tls.";
    private static final String ORIGINS = "longshore.door.cors.origins";
    private static final String STORE = "quarkus.tls.door.";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var settings = new HashMap<String, String>();
        value(context, TLS + "certificate").ifPresent(certificate -> tls(context, certificate, settings));
        value(context, ORIGINS).ifPresent(origins -> cors(origins, settings));
        return settings.isEmpty()
                ? List.of()
                : List.of(new PropertiesConfigSource(settings, "longshore.door", ORDINAL));
    }

    private static void tls(ConfigSourceContext context, String certificate, Map<String, String> settings) {
        settings.put("quarkus.http.tls-configuration-name", "door");
        settings.put(STORE + "key-store.pem.0.cert", certificate);
        settings.put(STORE + "key-store.pem.0.key", value(context, TLS + "key").orElse(""));
        settings.put(STORE + "reload-period", value(context, TLS + "reload").orElse("1m"));
        settings.put(STORE + "protocols", "TLSv1.3,TLSv1.2");
        settings.put("quarkus.http.ssl-port", value(context, TLS + "port").orElse("8443"));
        settings.put(
                "quarkus.http.insecure-requests", value(context, TLS + "plain").orElse("enabled"));
    }

    private static void cors(String origins, Map<String, String> settings) {
        settings.put("quarkus.http.cors.enabled", "true");
        settings.put("quarkus.http.cors.origins", origins);
        settings.put("quarkus.http.cors.methods", "GET,HEAD,PUT,POST,DELETE");
        settings.put(
                "quarkus.http.cors.headers",
                "Authorization,Content-Type,If-Match,If-None-Match,Idempotency-Key,Accept");
        settings.put("quarkus.http.cors.exposed-headers", "ETag,Location,Retry-After,RateLimit,RateLimit-Policy");
        settings.put("quarkus.http.cors.access-control-max-age", "10M");
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        return Optional.ofNullable(context.getValue(name))
                .map(ConfigValue::getValue)
                .filter(value -> !value.isBlank());
    }
}
