package dev.longshore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InternalTokensTest {

    @TempDir
    private Path home;

    @Test
    void tokensVerifyWithThePublishedKey() throws Exception {
        var parts = InternalTokens.in(home).administrator("config-service").split("\\.");

        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(published());
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains("\"aud\":\"config-service\"", "\"sub\":\"admin\"", "\"permitted\":[\"*\"]");
    }

    @Test
    void keepsTheKeyThatIsThere() throws Exception {
        InternalTokens.in(home);
        var before = Files.readString(home.resolve("keys/internal-jwks.json"));

        InternalTokens.in(home);

        assertThat(Files.readString(home.resolve("keys/internal-jwks.json"))).isEqualTo(before);
    }

    private PublicKey published() throws Exception {
        var set = Files.readString(home.resolve("keys/internal-jwks.json"));
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(coordinate(set, "x"), coordinate(set, "y"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger coordinate(String set, String name) {
        var matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(set);
        assertThat(matcher.find()).isTrue();
        return new BigInteger(1, Base64.getUrlDecoder().decode(matcher.group(1)));
    }
}
