package dev.longshore.gateway.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/** The keys for credentials, as the launcher makes them. */
final class CredentialKeys {

    private CredentialKeys() {}

    static void in(Path home) throws IOException, GeneralSecurityException {
        AeadConfig.register();
        var keys = Files.createDirectories(home.resolve("keys"));
        var kek = new byte[32];
        new SecureRandom().nextBytes(kek);
        Files.writeString(keys.resolve("credentials.kek"), Base64.getEncoder().encodeToString(kek));
        var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        var keyset = TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                handle, new AesGcmJce(kek), "longshore-credentials-keyset".getBytes(UTF_8));
        Files.writeString(keys.resolve("credentials.keyset"), keyset);
    }
}
