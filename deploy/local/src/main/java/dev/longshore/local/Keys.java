package dev.longshore.local;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.longshore.local.machine.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The keys of an installation, made at its first start and never again: the one that seals registry credentials, itself
 * encrypted by a key-encryption key, the one that signs the tokens between gateway and services, and the one that seals the
 * audit trail.
 */
public final class Keys {

    private static final byte[] KEYSET_CONTEXT = "longshore-credentials-keyset".getBytes(StandardCharsets.UTF_8);

    private final Path folder;

    Keys(Path folder) {
        this.folder = folder;
    }

    /** {@code Keys FOLDER}: for installations that are started by other means. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        new Keys(Path.of(arguments[0])).createMissing();
    }

    void createMissing() throws IOException, GeneralSecurityException {
        PrivateFiles.folder(folder);
        createCredentialKeys();
        var signing = folder.resolve("internal-signing.jwk");
        var published = folder.resolve("internal-jwks.json");
        if (!Files.exists(signing) || !Files.exists(published)) {
            var key = SigningKey.generate();
            write(published, key.publicSet());
            write(signing, key.privateJwk());
        }
        var audit = folder.resolve("audit.jwk");
        if (!Files.exists(audit)) {
            write(audit, SigningKey.generate().privateJwk());
        }
    }

    private void createCredentialKeys() throws IOException, GeneralSecurityException {
        var kek = folder.resolve("credentials.kek");
        var keyset = folder.resolve("credentials.keyset");
        if (Files.exists(keyset)) {
            if (!Files.exists(kek)) {
                throw new MisconfiguredException(kek + " is missing: without it no stored credential can be opened."
                        + " Put it back from a backup, or move " + keyset
                        + " away and enter all registry credentials again");
            }
            return;
        }
        if (!Files.exists(kek)) {
            write(kek, Base64.getEncoder().encodeToString(random(32)));
        }
        var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
        var aead =
                new AesGcmJce(Base64.getDecoder().decode(Files.readString(kek).strip()));
        write(
                keyset,
                TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(handle, aead, KEYSET_CONTEXT, AeadConfig2026.get()));
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static void write(Path file, String text) throws IOException {
        PrivateFiles.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
