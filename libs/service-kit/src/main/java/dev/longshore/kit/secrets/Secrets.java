package dev.longshore.kit.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.longshore.events.ConfigEvent.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets, and opens them where they are used. A seal is bound to a text that says where the secret belongs: moved
 * elsewhere, it does not open.
 */
@ApplicationScoped
public class Secrets {

    private static final byte[] KEYSET_PURPOSE = "longshore-credentials-keyset".getBytes(UTF_8);
    private static final int LARGEST_SECRET_FILE = 64 * 1024;

    private final SecretsConfig config;
    private volatile @Nullable Aead aead;

    Secrets(SecretsConfig config) {
        this.config = config;
    }

    public String seal(String plain, String binding) {
        try {
            return Base64.getEncoder().encodeToString(aead().encrypt(plain.getBytes(UTF_8), binding.getBytes(UTF_8)));
        } catch (GeneralSecurityException failure) {
            throw new SecretException("Could not seal a secret", failure);
        }
    }

    /** @throws SecretException if it does not open: a moved secret, another keyset, a missing file or variable */
    public String open(Secret secret, String binding) {
        if (secret.fromFile() != null) {
            return fromFile(secret.fromFile());
        }
        if (secret.fromEnv() != null) {
            return fromEnvironment(secret.fromEnv());
        }
        try {
            var sealed = Base64.getDecoder().decode(String.valueOf(secret.sealed()));
            return new String(aead().decrypt(sealed, binding.getBytes(UTF_8)), UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException failure) {
            throw new SecretException(
                    "Could not open a secret: it belongs elsewhere or was sealed with another keyset", failure);
        }
    }

    private String fromFile(String name) {
        var file = config.folder().resolve(name).normalize();
        if (!file.startsWith(config.folder().normalize())) {
            throw new SecretException(
                    "Could not read a secret: '" + name + "' is outside the folder for secrets", null);
        }
        try {
            if (!file.toRealPath().startsWith(config.folder().toRealPath()) || Files.size(file) > LARGEST_SECRET_FILE) {
                throw new SecretException(
                        "Could not read a secret: '" + name + "' is not in the folder or too large", null);
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new SecretException("Could not read the secret '" + name + "' from the folder for secrets", failure);
        }
    }

    private String fromEnvironment(String name) {
        var value = name.startsWith(config.environmentPrefix()) ? System.getenv(name) : null;
        if (value == null) {
            throw new SecretException(
                    "Could not read a secret: there is no variable %s, or it does not begin with %s"
                            .formatted(name, config.environmentPrefix()),
                    null);
        }
        return value;
    }

    /** Read at first use, so that a service without secrets starts without keys. */
    private Aead aead() throws GeneralSecurityException {
        var known = aead;
        if (known == null) {
            try {
                var key = Base64.getDecoder()
                        .decode(Files.readString(config.keyEncryptionKey()).strip());
                known = TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
                                Files.readString(config.keyset()),
                                new AesGcmJce(key),
                                KEYSET_PURPOSE,
                                AeadConfig2026.get())
                        .getPrimitive(AeadConfig2026.get(), Aead.class);
                aead = known;
            } catch (IOException failure) {
                throw new SecretException(
                        "Could not read the keys for credentials in "
                                + config.keyset().getParent(),
                        failure);
            }
        }
        return known;
    }
}
