package dev.longshore.retention.domain.inventory;

import dev.longshore.oci.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tag by which something is attached to a manifest at registries without referrers: {@code sha256-<hex>}, which lists
 * the referrers (the distribution specification's referrers tag schema), and cosign's {@code sha256-<hex>.sig} and the
 * like.
 *
 * @param subject how the digest of what it is attached to begins: the specification cuts it after 64 digits
 */
record AttachmentTag(String subject) {

    private static final Pattern SHAPE =
            Pattern.compile("(sha256|sha512)-([a-f0-9]{64})[a-f0-9]{0,64}(?:[._-][A-Za-z0-9._-]*)?");

    static Optional<AttachmentTag> parse(String tag) {
        var parts = SHAPE.matcher(tag);
        return parts.matches()
                ? Optional.of(new AttachmentTag(parts.group(1) + ":" + parts.group(2)))
                : Optional.empty();
    }

    /** The least digest that it can be. */
    Digest least() {
        return Digest.parse(subject.startsWith(Digest.SHA512) ? subject + "0".repeat(64) : subject);
    }

    boolean isAttachedTo(Digest digest) {
        return digest.toString().startsWith(subject);
    }
}
