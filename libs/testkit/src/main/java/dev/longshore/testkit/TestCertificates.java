package dev.longshore.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority and certificates of it, made by the JDK's own tool in a second or two: {@code service} for 127.0.0.1 and
 * localhost, {@code gateway} for who calls it, and {@code stranger}, which another authority signed.
 */
public final class TestCertificates {

    public static final String PASSWORD = "changeit";

    private static final List<String> KEY = List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30");

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    public static TestCertificates in(Path folder) {
        var certificates = new TestCertificates(folder);
        certificates.make();
        return certificates;
    }

    /** Those that were made in this folder. */
    public static TestCertificates at(Path folder) {
        return new TestCertificates(folder);
    }

    /** PKCS #12 with the key and its chain. */
    public Path keyStore(String name) {
        return folder.resolve(name + ".p12");
    }

    /** PKCS #12 with the authority's certificate. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** The authority's certificate as PEM. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /** The certificate of this name and its key, as PEM. */
    public String pem(String name) {
        try {
            var store = load(keyStore(name));
            var key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
            var text = new StringBuilder(pem("PRIVATE KEY", key));
            for (var certificate : store.getCertificateChain(name)) {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return text.toString();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Trusts the authority, and shows the certificate of this name; none for an empty one. */
    public SSLContext clientContext(String name) {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore()));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            if (!name.isEmpty()) {
                keys.init(load(keyStore(name)), PASSWORD.toCharArray());
            }
            var context = SSLContext.getInstance("TLS");
            context.init(name.isEmpty() ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void make() {
        makeAuthority("all", "CN=Longshore test authority");
        make("all", "service", "san=ip:127.0.0.1,dns:localhost");
        make("all", "gateway", "eku=clientAuth");
        makeAuthority("others", "CN=Another authority");
        make("others", "stranger", "eku=clientAuth");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "authority",
                "-keystore",
                store("all"),
                "-file",
                authority().toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "authority",
                "-keystore",
                trustStore().toString(),
                "-file",
                authority().toString());
    }

    private void makeAuthority(String store, String name) {
        var line = new ArrayList<>(List.of("-genkeypair", "-alias", "authority", "-dname", name, "-ext", "bc:c"));
        line.addAll(List.of("-keystore", store(store)));
        line.addAll(KEY);
        keytool(line.toArray(String[]::new));
    }

    private void make(String store, String name, String extension) {
        var line = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-ext", extension));
        line.addAll(List.of("-signer", "authority", "-signerkeypass", PASSWORD, "-keystore", store(store)));
        line.addAll(KEY);
        keytool(line.toArray(String[]::new));
        keytool(
                "-importkeystore",
                "-noprompt",
                "-srckeystore",
                store(store),
                "-srcstorepass",
                PASSWORD,
                "-srcalias",
                name,
                "-destkeystore",
                keyStore(name).toString());
    }

    private String store(String name) {
        return folder.resolve(name + "-keys.p12").toString();
    }

    private static void keytool(String... arguments) {
        try {
            var line = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), arguments[0]));
            line.addAll(List.of(arguments).subList(1, arguments.length));
            var isImport = arguments[0].equals("-importkeystore");
            line.addAll(List.of(isImport ? "-deststorepass" : "-storepass", PASSWORD));
            line.addAll(List.of(isImport ? "-deststoretype" : "-storetype", "PKCS12"));
            var process = new ProcessBuilder(line).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(line + ": " + said);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static KeyStore load(Path file) {
        try (var stream = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(stream, PASSWORD.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("Could not read " + file, failure);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        kind,
                        Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                                .encodeToString(bytes),
                        kind);
    }
}
