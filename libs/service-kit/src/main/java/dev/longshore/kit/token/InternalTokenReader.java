package dev.longshore.kit.token;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.security.Key;
import org.eclipse.microprofile.config.Config;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/** Reads the gateway's tokens: one algorithm, a key that is published now, this service, and not for long. */
@Alternative
@Priority(1)
@ApplicationScoped
class InternalTokenReader extends JWTCallerPrincipalFactory {

    private static final String ISSUER = "longshore-gateway";
    private static final int LEEWAY_SECONDS = 5;

    private final KnownKeys keys;
    private final JwtConsumer consumer;

    InternalTokenReader(KnownKeys keys, InternalTokensConfig config, Config all) {
        this.keys = keys;
        this.consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver((signature, _) -> key(signature))
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(all.getValue("quarkus.application.name", String.class))
                .setRequireSubject()
                .setRequireJwtId()
                .setRequireIssuedAt()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .setMaxFutureValidityInMinutes(minutes(config))
                .build();
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        try {
            return new DefaultJWTCallerPrincipal(token, "JWT", consumer.processToClaims(token));
        } catch (InvalidJwtException failure) {
            throw new ParseException("Not a token of the gateway for this service", failure);
        }
    }

    private Key key(JsonWebSignature signature) throws UnresolvableKeyException {
        var id = signature.getKeyIdHeaderValue();
        if (id == null) {
            throw new UnresolvableKeyException("The token does not name its key");
        }
        return keys.find(id).orElseThrow(() -> new UnresolvableKeyException("No gateway publishes this key"));
    }

    private static int minutes(InternalTokensConfig config) {
        return Math.max(1, (int) config.longestLife().toMinutes());
    }
}
