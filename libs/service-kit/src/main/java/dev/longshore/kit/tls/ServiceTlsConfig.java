package dev.longshore.kit.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.ClientAuth;

/** TLS between the gateway and the services. Keys and certificates are in Quarkus' TLS registry: docs/operations/tls.md. */
@ConfigMapping(prefix = "longshore.service-tls")
public interface ServiceTlsConfig {

    /**
     * Whether who connects by HTTPS has to have a certificate of an authority that is trusted here: {@code none},
     * {@code request} or {@code required}. For the services behind the gateway, not for its own door.
     */
    @WithDefault("none")
    ClientAuth clientCertificates();
}
