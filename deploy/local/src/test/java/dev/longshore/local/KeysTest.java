package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

    @TempDir
    Path folder;

    @Test
    void makesAKeysetThatTheKeyEncryptionKeyOpens() throws Exception {
        new Keys(folder).createMissing();

        var kek = Base64.getDecoder()
                .decode(Files.readString(folder.resolve("credentials.kek")).strip());
        var handle = TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
                Files.readString(folder.resolve("credentials.keyset")),
                new AesGcmJce(kek),
                "longshore-credentials-keyset".getBytes(StandardCharsets.UTF_8),
                AeadConfig2026.get());
        var aead = handle.getPrimitive(AeadConfig2026.get(), Aead.class);
        var sealed = aead.encrypt(new byte[] {1, 2, 3}, new byte[] {4});
        assertThat(aead.decrypt(sealed, new byte[] {4})).containsExactly(1, 2, 3);
    }

    @Test
    void publishesNothingOfTheSigningKeyThatIsSecret() throws Exception {
        new Keys(folder).createMissing();

        var json = new ObjectMapper();
        var secret = json.readTree(folder.resolve("internal-signing.jwk").toFile());
        var published = json.readTree(folder.resolve("internal-jwks.json").toFile())
                .path("keys")
                .get(0);
        assertThat(secret.path("alg").asText()).isEqualTo("ES256");
        assertThat(secret.path("kid")).isEqualTo(published.path("kid"));
        assertThat(published.has("d")).isFalse();
        assertThat(Base64.getUrlDecoder().decode(secret.path("d").asText())).hasSize(32);
        assertThat(isOnCurve(published.path("x").asText(), published.path("y").asText()))
                .isTrue();
    }

    @Test
    void keepsWhatIsThereAndFromOthersEyes() throws Exception {
        var keys = new Keys(folder);
        keys.createMissing();
        var before = Files.readString(folder.resolve("credentials.keyset"));

        keys.createMissing();

        assertThat(folder.resolve("credentials.keyset")).hasContent(before);
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void doesNotReplaceALostKeyEncryptionKey() throws Exception {
        var keys = new Keys(folder);
        keys.createMissing();
        Files.delete(folder.resolve("credentials.kek"));

        assertThatThrownBy(keys::createMissing)
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("credentials.kek is missing");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** y² = x³ − 3x + b over the field of P-256: what a coordinate that lost a byte does not satisfy. */
    private static boolean isOnCurve(String x64, String y64) {
        var p = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
        var b = new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
        var x = new BigInteger(1, Base64.getUrlDecoder().decode(x64));
        var y = new BigInteger(1, Base64.getUrlDecoder().decode(y64));
        var right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b).mod(p);
        return y.pow(2).mod(p).equals(right);
    }
}
