package dev.longshore.gateway.audit.key;

import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.gateway.audit.domain.Checkpoint;
import dev.longshore.gateway.audit.domain.Hash;
import dev.longshore.gateway.audit.domain.Seal;
import dev.longshore.gateway.audit.domain.Segment;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
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
    private static final String CHECKPOINT = "audit-checkpoint";
    private static final String SEGMENT = "audit-segment";

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
        return sign(
                CHECKPOINT,
                checkpoint.at(),
                Map.of("count", checkpoint.count(), "head", checkpoint.head().toString()));
    }

    /** A compact JWS that says which entries were taken out, where they are and how they begin and end. */
    public String sign(Segment segment) {
        return sign(
                SEGMENT,
                segment.at(),
                Map.of(
                        "first", segment.first(),
                        "last", segment.last(),
                        "previous", segment.previous().toString(),
                        "head", segment.head().toString(),
                        "file", segment.file(),
                        "digest", segment.fileDigest()));
    }

    /** Empty for a text that is no checkpoint signed with this key. */
    public Optional<Checkpoint> verified(String signed) {
        return claims(CHECKPOINT, signed)
                .map(claims -> new Checkpoint(number(claims, "count"), Hash.parse(text(claims, "head")), at(claims)));
    }

    /** Empty for a text that is no segment's seal signed with this key. */
    public Optional<Segment> verifiedSegment(String signed) {
        return claims(SEGMENT, signed)
                .map(claims -> new Segment(
                        number(claims, "first"),
                        number(claims, "last"),
                        Hash.parse(text(claims, "previous")),
                        Hash.parse(text(claims, "head")),
                        text(claims, "file"),
                        text(claims, "digest"),
                        at(claims)));
    }

    private String sign(String subject, Instant at, Map<String, Object> said) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(subject);
        claims.setIssuedAt(NumericDate.fromSeconds(at.getEpochSecond()));
        said.forEach(claims::setClaim);
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getEcPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException("Could not sign for the audit trail", failure);
        }
    }

    private Optional<Map<String, Object>> claims(String subject, String signed) {
        try {
            return Optional.of(new JwtConsumerBuilder()
                    .setVerificationKey(key.getECPublicKey())
                    .setJwsAlgorithmConstraints(
                            AlgorithmConstraints.ConstraintType.PERMIT,
                            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                    .setExpectedIssuer(ISSUER)
                    .setExpectedSubject(subject)
                    .build()
                    .processToClaims(signed)
                    .getClaimsMap());
        } catch (InvalidJwtException _) {
            return Optional.empty();
        }
    }

    private static String text(Map<String, Object> claims, String name) {
        return String.valueOf(claims.get(name));
    }

    private static long number(Map<String, Object> claims, String name) {
        return Long.parseLong(text(claims, name));
    }

    private static Instant at(Map<String, Object> claims) {
        return Instant.ofEpochSecond(number(claims, "iat"));
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
