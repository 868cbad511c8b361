package dev.longshore.local;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A key for ES256 as JSON Web Key (RFC 7517); its id is the thumbprint of RFC 7638. */
record SigningKey(String x, String y, String d, String id) {

    private static final int COORDINATE_LENGTH = 32;

    static SigningKey generate() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        var x = coordinate(point.getAffineX());
        var y = coordinate(point.getAffineY());
        var canonical = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
        var thumbprint = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        return new SigningKey(x, y, coordinate(((ECPrivateKey) pair.getPrivate()).getS()), base64(thumbprint));
    }

    String privateJwk() {
        return "{%s,\"d\":\"%s\"}".formatted(publicMembers(), d);
    }

    String publicSet() {
        return "{\"keys\":[{%s}]}".formatted(publicMembers());
    }

    @Override
    public String toString() {
        return "SigningKey " + id;
    }

    private String publicMembers() {
        return "\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\""
                .formatted(id, x, y);
    }

    /** Big-endian in exactly 32 bytes: without the sign byte that Java may put before it, with the zeros it leaves out. */
    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var fixed = new byte[COORDINATE_LENGTH];
        var used = Math.min(bytes.length, COORDINATE_LENGTH);
        System.arraycopy(bytes, bytes.length - used, fixed, COORDINATE_LENGTH - used, used);
        Arrays.fill(bytes, (byte) 0);
        return base64(fixed);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
