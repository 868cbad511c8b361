package dev.longshore.gateway.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Certificates for localhost, made by the JDK's own tool. */
public final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private Certificates() {}

    /** Writes {@code tls.crt} and {@code tls.key} into the folder, over what is there. */
    public static void into(Path folder) {
        try {
            var store = Files.createTempDirectory("longshore-tls-").resolve("store.p12");
            make(store);
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            write(
                    folder.resolve("tls.key"),
                    "PRIVATE KEY",
                    keys.getKey("door", PASSWORD).getEncoded());
            write(
                    folder.resolve("tls.crt"),
                    "CERTIFICATE",
                    keys.getCertificate("door").getEncoded());
        } catch (IOException | GeneralSecurityException | InterruptedException failure) {
            throw new IllegalStateException("Could not make a certificate", failure);
        }
    }

    private static void make(Path store) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-alias",
                        "door",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
    }

    private static void write(Path file, String kind, byte[] bytes) throws IOException {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, body));
    }
}
