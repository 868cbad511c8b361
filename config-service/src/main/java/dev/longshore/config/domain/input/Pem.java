package dev.longshore.config.domain.input;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
public final class Pem {

    public static final int LONGEST = 256 * 1024;

    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "\\s*-----BEGIN (?:RSA |EC )?PRIVATE KEY-----\\s[A-Za-z0-9+/=\\s]+-----END (?:RSA |EC )?PRIVATE KEY-----\\s*");

    private Pem() {}

    public static Optional<String> certificateProblem(String text) {
        try {
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            return certificates.isEmpty() ? Optional.of("There is no certificate in it") : Optional.empty();
        } catch (CertificateException _) {
            return Optional.of("It is not one or more certificates in PEM (-----BEGIN CERTIFICATE-----)");
        }
    }

    public static boolean isPrivateKey(String text) {
        return PRIVATE_KEY.matcher(text).matches();
    }
}
