package dev.longshore.gateway.token;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * A key that the services know the public half of.
 *
 * @param file where it lies
 * @param madeAt as it says itself; of one that does not, as its file says
 * @param published the public half, as a JWK
 */
record SigningKey(Path file, String id, PrivateKey key, Instant madeAt, Map<String, Object> published) {

    private static final String MADE_AT = "made_at";

    static SigningKey read(Path file) {
        try {
            if (JsonWebKey.Factory.newJwk(Files.readString(file)) instanceof EllipticCurveJsonWebKey curve
                    && curve.getPrivateKey() != null) {
                var madeAt = curve.getOtherParameterValue(MADE_AT, String.class);
                return new SigningKey(
                        file,
                        curve.getKeyId(),
                        curve.getPrivateKey(),
                        madeAt == null ? Files.getLastModifiedTime(file).toInstant() : Instant.parse(madeAt),
                        curve.toParams(OutputControlLevel.PUBLIC_ONLY));
            }
            throw new IllegalStateException(file + " holds no private key on an elliptic curve");
        } catch (IOException | JoseException failure) {
            throw new IllegalStateException("Could not read the key for internal tokens from " + file, failure);
        }
    }

    /** Makes one beside another. Several gateways may do so at once: each is a key. */
    static SigningKey make(Path beside, Instant now) {
        try {
            var made = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            made.setKeyId(made.calculateBase64urlEncodedThumbprint("SHA-256"));
            made.setUse("sig");
            made.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            made.setOtherParameter(MADE_AT, now.toString());
            var name = beside.getFileName().toString().replace(".jwk", "");
            var file = beside.resolveSibling("%s-%s.jwk".formatted(name, made.getKeyId()));
            write(file, made.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            return read(file);
        } catch (IOException | JoseException failure) {
            throw new IllegalStateException("Could not make a key for internal tokens beside " + beside, failure);
        }
    }

    /** Whole or not at all, and for nobody else's eyes. */
    private static void write(Path file, String text) throws IOException, FileAlreadyExistsException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var partial = Files.createTempFile(file.toAbsolutePath().getParent(), "new-", ".tmp", owner);
        Files.writeString(partial, text);
        Files.move(partial, file);
    }

    @Override
    public String toString() {
        return "SigningKey " + id;
    }
}
