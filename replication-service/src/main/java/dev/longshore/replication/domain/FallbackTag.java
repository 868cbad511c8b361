package dev.longshore.replication.domain;

import dev.longshore.oci.Digest;
import dev.longshore.oci.InvalidReferenceException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tags that clients keep beside an image and that are named after its digest: the list of its referrers where a registry
 * has no referrers API (distribution-spec, "Referrers Tag Schema"), and what older tools attach ({@code .sig}). They
 * belong to their subject and are no images of their own.
 */
public final class FallbackTag {

    private static final Pattern NAME = Pattern.compile("(sha256|sha512)-([a-f0-9]{64}).*");

    private FallbackTag() {}

    public static boolean is(String tag) {
        return NAME.matcher(tag).matches();
    }

    /** The digest that the tag speaks of; empty for SHA-512, of which the tag holds only a half. */
    public static Optional<Digest> subject(String tag) {
        var matcher = NAME.matcher(tag);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Digest(matcher.group(1), matcher.group(2)));
        } catch (InvalidReferenceException _) {
            return Optional.empty();
        }
    }
}
