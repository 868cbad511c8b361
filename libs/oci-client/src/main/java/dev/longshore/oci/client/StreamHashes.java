package dev.longshore.oci.client;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.longshore.oci.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Optional;

/**
 * Hashes for content of any length. The JDK's own are fast only in code that C2 compiled, which small services do without;
 * native ones do not care, and are used wherever this machine can load them.
 */
public final class StreamHashes {

    private static final Optional<Provider> NATIVE = load();

    private StreamHashes() {}

    /** A fresh hash of the digest's algorithm. */
    public static MessageDigest of(Digest digest) {
        return NATIVE.flatMap(provider -> from(provider, digest.algorithm())).orElseGet(digest::newHash);
    }

    /** Whether this machine could load them. */
    public static boolean areNative() {
        return NATIVE.isPresent();
    }

    static Optional<MessageDigest> from(Provider provider, String algorithm) {
        try {
            return Optional.of(MessageDigest.getInstance(algorithm.replace("sha", "SHA-"), provider));
        } catch (NoSuchAlgorithmException _) {
            return Optional.empty();
        }
    }

    private static Optional<Provider> load() {
        try {
            var provider = AmazonCorrettoCryptoProvider.INSTANCE;
            return provider.getLoadingError() == null ? Optional.of(provider) : Optional.empty();
        } catch (LinkageError _) {
            return Optional.empty();
        }
    }
}
