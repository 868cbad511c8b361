package dev.longshore.gateway.identity.account.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * A machine's token: {@code lsp_}, 43 random letters and digits (256 bits), and 6 that are a checksum of the rest, so that
 * scanners for leaked secrets know one when they see it. Only its hash is kept.
 */
public record ApiToken(String value) {

    public static final String PREFIX = "lsp_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM = 43;
    private static final int CHECKSUM = 6;
    private static final int SHOWN = 8;
    private static final int LENGTH = PREFIX.length() + RANDOM + CHECKSUM;

    public static ApiToken random(SecureRandom random) {
        var body = PREFIX
                + random.ints(RANDOM, 0, ALPHABET.length())
                        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                        .collect(Collectors.joining());
        return new ApiToken(body + checksum(body));
    }

    /** Whether a text can be a token at all; others are not looked up. */
    public static boolean isPlausible(String text) {
        return text.length() == LENGTH
                && text.startsWith(PREFIX)
                && text.endsWith(checksum(text.substring(0, LENGTH - CHECKSUM)));
    }

    /** Enough to tell tokens apart, not enough to guess one. */
    public String prefix() {
        return value.substring(0, SHOWN);
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

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        var rest = crc.getValue();
        var digits = new char[CHECKSUM];
        for (var i = CHECKSUM - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }
}
