package dev.longshore.gateway.audit.key;

import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.gateway.audit.domain.Checkpoint;
import dev.longshore.gateway.audit.domain.Hash;
import dev.longshore.gateway.audit.domain.Seal;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Seals entries and signs checkpoints. Lies outside the database whose content it vouches for. */
@Startup
@ApplicationScoped
public class AuditKey {

    private static final String ISSUER = "longshore-gateway";
    private static final String SUBJECT = "audit-checkpoint";

    private final EllipticCurveJsonWebKey key;
    private final byte[] macKey;

    AuditKey(AuditConfig config) {
        key = readOrMake(config.key());
        macKey = Seal.derive(key.getEcPrivateKey().getS().toByteArray(), "longshore audit chain");
    }

    /** For one thread. */
    public Seal seal() {
        return new Seal(macKey);
    }

    /** A compact JWS that says {@code count}, {@code head} and {@code iat}. */
    public String sign(Checkpoint checkpoint) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(SUBJECT);
        claims.setIssuedAt(NumericDate.fromSeconds(checkpoint.at().getEpochSecond()));
        claims.setClaim("count", checkpoint.count());
        claims.setClaim("head", checkpoint.head().toString());
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getEcPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException("Could not sign a checkpoint", failure);
        }
    }

    /** Empty for a text that is no checkpoint signed with this key. */
    public Optional<Checkpoint> verified(String signed) {
        try {
            var claims = new JwtConsumerBuilder()
                    .setVerificationKey(key.getECPublicKey())
                    .setJwsAlgorithmConstraints(
                            AlgorithmConstraints.ConstraintType.PERMIT,
                            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                    .setExpectedIssuer(ISSUER)
                    .setExpectedSubject(SUBJECT)
                    .build()
                    .processToClaims(signed);
            return Optional.of(new Checkpoint(
                    claims.getClaimValue("count", Number.class).longValue(),
                    Hash.parse(claims.getStringClaimValue("head")),
                    Instant.ofEpochSecond(claims.getIssuedAt().getValue())));
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static EllipticCurveJsonWebKey readOrMake(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            if (JsonWebKey.Factory.newJwk(Files.readString(file)) instanceof EllipticCurveJsonWebKey curve
                    && curve.getEcPrivateKey() != null) {
                return curve;
            }
            throw new IllegalStateException(file + " holds no private key on an elliptic curve");
        } catch (IOException | JoseException failure) {
            throw new IllegalStateException("Could not read or make the key of the audit trail, " + file, failure);
        }
    }

    private static void make(Path file) throws IOException, JoseException {
        var made = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        made.setKeyId(made.calculateBase64urlEncodedThumbprint("SHA-256"));
        made.setUse("sig");
        made.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        Files.createDirectories(file.toAbsolutePath().getParent());
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createFile(file, owner);
            Files.writeString(file, made.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        } catch (FileAlreadyExistsException _) {
            // Another gateway made it at the same moment.
        }
    }
}
