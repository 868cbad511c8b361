package dev.longshore.gateway.session.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The bearer token of a session: 256 random bits behind a prefix that secret scanners can find. Only its hash is kept. */
public record SessionToken(String value) {

    private static final String PREFIX = "lss_";
    private static final int RANDOM_BYTES = 32;
    private static final int LONGEST = 128;

    public static SessionToken random(SecureRandom random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new SessionToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether a text can be a token at all; others are not looked up. */
    public static boolean isPlausible(String text) {
        return text.startsWith(PREFIX) && text.length() <= LONGEST;
    }

    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
