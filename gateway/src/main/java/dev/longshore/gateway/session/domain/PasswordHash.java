package dev.longshore.gateway.session.domain;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.types.Argon2;
import java.security.SecureRandom;
import java.util.Base64;

/** Argon2id, 19 MiB and two passes: OWASP's smallest, so that a small gateway can do several at once. */
public final class PasswordHash {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int PARALLELISM = 1;
    private static final int HASH_BYTES = 32;

    private PasswordHash() {}

    /** In the usual text form, which names its parameters: {@code $argon2id$v=19$…}. */
    public static String of(CharSequence password) {
        return Argon2Function.getInstance(MEMORY_KIB, PASSES, PARALLELISM, HASH_BYTES, Argon2.ID)
                .hash(password)
                .getResult();
    }

    /** Takes as long for a wrong password as for the right one. */
    public static boolean matches(CharSequence password, String hash) {
        try {
            return Argon2Function.getInstanceFromHash(hash).check(password, hash);
        } catch (BadParametersException _) {
            return false;
        }
    }

    /** A password that nobody has to remember. */
    public static String randomPassword(SecureRandom random) {
        var bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
