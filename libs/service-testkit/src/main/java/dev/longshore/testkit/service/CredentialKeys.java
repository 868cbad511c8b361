package dev.longshore.testkit.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/** The keys for credentials, as the launcher makes them. */
public final class CredentialKeys {

    private CredentialKeys() {}

    /** Makes new ones in the {@code keys} folder of a {@code LONGSHORE_HOME}. */
    public static void in(Path home) throws IOException, GeneralSecurityException {
        var keys = Files.createDirectories(home.resolve("keys"));
        var kek = new byte[32];
        new SecureRandom().nextBytes(kek);
        Files.writeString(keys.resolve("credentials.kek"), Base64.getEncoder().encodeToString(kek));
        var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
        var keyset = TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                handle, new AesGcmJce(kek), "longshore-credentials-keyset".getBytes(UTF_8), AeadConfig2026.get());
        Files.writeString(keys.resolve("credentials.keyset"), keyset);
    }
}
