package dev.longshore.push.domain;

import dev.longshore.oci.Digest;

/** One thing to be written to the inventory, and told. */
public sealed interface Change {

    /** @param announced whether it is told as a push of its own, by digest */
    record ManifestFound(ManifestFacts facts, Push push, boolean announced) implements Change {}

    record ManifestPushed(Digest digest, Push push, boolean announced) implements Change {}

    /** @param announced whether it is told as a push; if not, only the inventory's entry is corrected */
    record TagPoints(String tag, Digest digest, Push push, boolean announced) implements Change {}

    record TagGone(String tag, Digest digest) implements Change {}

    record ManifestGone(Digest digest) implements Change {}
}
