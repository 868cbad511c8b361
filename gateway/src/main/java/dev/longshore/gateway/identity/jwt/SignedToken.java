package dev.longshore.gateway.identity.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * A signed JWT that was not looked into yet. What it says before {@link #verified} is good for finding the keys, and for
 * nothing else.
 *
 * @param issuer as it says, not as it is
 */
public record SignedToken(String compact, String issuer, Optional<String> keyId) {

    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_NAME = 512;
    /** Signatures by a private key only: with an HMAC the public key would be the secret. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA");

    /** A token whose signature and times are good, by an issuer who is the one it names. */
    public record Claims(Map<String, Object> values, Instant expiresAt) {}

    /** Empty if it is none, or signed in a way that proves nothing. */
    public static Optional<SignedToken> parse(String compact) {
        if (!isLike(compact)) {
            return Optional.empty();
        }
        try {
            var structure = JsonWebStructure.fromCompactSerialization(compact);
            if (!(structure instanceof JsonWebSignature signature)
                    || !ALGORITHMS.contains(String.valueOf(signature.getAlgorithmHeaderValue()))) {
                return Optional.empty();
            }
            var issuer = new JwtConsumerBuilder()
                    .setSkipAllValidators()
                    .setDisableRequireSignature()
                    .setSkipSignatureVerification()
                    .build()
                    .processToClaims(compact)
                    .getIssuer();
            var keyId = Optional.ofNullable(signature.getKeyIdHeaderValue());
            return issuer == null
                            || issuer.length() > LONGEST_NAME
                            || keyId.filter(id -> id.length() > LONGEST_NAME).isPresent()
                    ? Optional.empty()
                    : Optional.of(new SignedToken(compact, issuer, keyId));
        } catch (JoseException | InvalidJwtException | MalformedClaimException | RuntimeException _) {
            // Whatever is wrong with it, it is no token.
            return Optional.empty();
        }
    }

    public static boolean isLike(String text) {
        return text.startsWith("eyJ")
                && text.length() <= LONGEST
                && text.chars().filter(c -> c == '.').count() == 2;
    }

    /** What it says, if one of these keys signed it and its time is now; audiences are for the caller to look at. */
    public Optional<Claims> verified(List<JsonWebKey> keys, Instant now, Duration leeway) {
        var consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new)))
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys))
                .setExpectedIssuer(issuer)
                .setSkipDefaultAudienceValidation()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(0, Integer.MAX_VALUE)
                .setAllowedClockSkewInSeconds((int) leeway.toSeconds())
                .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                .build();
        try {
            var claims = consumer.processToClaims(compact);
            return Optional.of(new Claims(
                    Map.copyOf(claims.getClaimsMap()),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue())));
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "SignedToken of " + issuer;
    }
}
