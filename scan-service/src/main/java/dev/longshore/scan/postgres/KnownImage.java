package dev.longshore.scan.postgres;

import dev.longshore.scan.domain.Image;
import dev.longshore.scan.domain.ManifestKind;
import java.time.Instant;

/**
 * A manifest as the inventory has it.
 *
 * @param what it is, if it is no image
 * @param platform that it runs on; empty if unknown or several
 */
public record KnownImage(
        String project, Image image, ManifestKind kind, String what, String platform, Instant pushedAt) {}
