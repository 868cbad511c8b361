package dev.longshore.e2e.client;

import dev.longshore.e2e.suite.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;

/** A client's certificate and its private key, in PEM. */
public record ClientKey(String certificate, String key) {

    private static final String STORE_PASSWORD = "only-for-this-test";

    public static ClientKey generate() throws IOException, GeneralSecurityException {
        var folder = Files.createTempDirectory("longshore-e2e-key-");
        var file = folder.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Command.run(
                        Map.of(),
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "client",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=client",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD,
                        "-keystore",
                        file.toString())
                .demand();
        var store = KeyStore.getInstance(file.toFile(), STORE_PASSWORD.toCharArray());
        var key = store.getKey("client", STORE_PASSWORD.toCharArray());
        Files.delete(file);
        Files.delete(folder);
        return new ClientKey(
                pem("CERTIFICATE", store.getCertificate("client").getEncoded()), pem("PRIVATE KEY", key.getEncoded()));
    }

    /** A line of the key by which it is recognised wherever it is. */
    public String fingerprint() {
        return key.lines().skip(2).findFirst().orElseThrow();
    }

    private static String pem(String type, byte[] content) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
    }
}
