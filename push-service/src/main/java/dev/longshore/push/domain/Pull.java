package dev.longshore.push.domain;

import dev.longshore.oci.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody other than ourselves read a manifest. */
public record Pull(
        String repository,
        @Nullable String tag,
        Digest digest,
        Instant at,
        @Nullable String by) {}
