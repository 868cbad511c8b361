package dev.longshore.oci.client.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The platform's certificate authorities together with a registry's own. */
final class TrustedAuthorities {

    private TrustedAuthorities() {}

    static X509TrustManager with(String pemBundle) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var number = 0;
            for (var authority : manager(null).getAcceptedIssuers()) {
                store.setCertificateEntry("platform-" + number++, authority);
            }
            var bundle = new ByteArrayInputStream(pemBundle.getBytes(StandardCharsets.US_ASCII));
            for (var authority : CertificateFactory.getInstance("X.509").generateCertificates(bundle)) {
                store.setCertificateEntry("own-" + number++, (X509Certificate) authority);
            }
            return manager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("The CA bundle is not a list of certificates in PEM", e);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("No X.509 trust manager"));
    }
}
