package dev.longshore.gateway.audit.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Chains entries: SHA-256 over the previous hash, the number and each field as a netstring ({@code 3:ann,}; {@code -} for
 * one that is absent), so that no two entries have the same bytes; and HMAC-SHA-256 over that hash, which whoever can
 * only write to the database cannot compute. One instance serves one thread.
 */
public final class Seal {

    /** What stands before the first entry. */
    public static final Hash NOTHING = new Hash(new byte[32]);

    private static final byte[] CONTEXT = "longshore-audit-1".getBytes(US_ASCII);

    private final MessageDigest digest;
    private final Mac mac;

    /** @param key at least 32 random bytes */
    public Seal(byte[] key) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (NoSuchAlgorithmException | InvalidKeyException failure) {
            throw new IllegalStateException("Every Java platform has SHA-256 and its HMAC", failure);
        }
    }

    public Link link(long number, Hash previous, Entry entry) {
        var hash = hash(number, previous, entry);
        return new Link(number, entry, previous, hash, mac(hash));
    }

    public Hash hash(long number, Hash previous, Entry entry) {
        digest.reset();
        digest.update(CONTEXT);
        digest.update(previous.bytes());
        update(Long.toString(number));
        entry.fields().forEach(this::update);
        return new Hash(digest.digest());
    }

    public Hash mac(Hash hash) {
        return new Hash(mac.doFinal(hash.bytes()));
    }

    /** A key for one purpose, from a secret that serves several. */
    public static byte[] derive(byte[] secret, String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(UTF_8));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Every Java platform has the HMAC of SHA-256", failure);
        }
    }

    private void update(@Nullable String field) {
        if (field == null) {
            digest.update((byte) '-');
            return;
        }
        var bytes = field.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(US_ASCII));
        digest.update(bytes);
        digest.update((byte) ',');
    }
}
