package dev.longshore.gateway.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/** The key that the services know the public half of. */
record SigningKey(String id, PrivateKey key) {

    static SigningKey read(Path file) {
        try {
            if (JsonWebKey.Factory.newJwk(Files.readString(file)) instanceof EllipticCurveJsonWebKey curve
                    && curve.getPrivateKey() != null) {
                return new SigningKey(curve.getKeyId(), curve.getPrivateKey());
            }
            throw new IllegalStateException(file + " holds no private key on an elliptic curve");
        } catch (IOException | JoseException failure) {
            throw new IllegalStateException("Could not read the key for internal tokens from " + file, failure);
        }
    }

    @Override
    public String toString() {
        return "SigningKey " + id;
    }
}
