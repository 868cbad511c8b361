package dev.longshore.scan.domain;

import dev.longshore.events.Glob;
import java.util.Optional;

/**
 * Which images an exemption is for: {@code trusted-images:*}, {@code internal/*:latest}, {@code left/shop/api:1.0},
 * {@code shop/api@sha256:…}. The name is a glob for the repository, with the registry's name before it or not; without a
 * tag every tag is meant, and no tag too.
 */
record ImagePattern(Glob name, Glob tag, Optional<String> digest) {

    private static final Glob ANY = Glob.parse("**");

    static ImagePattern parse(String pattern) {
        var at = pattern.indexOf('@');
        if (at >= 0) {
            return new ImagePattern(Glob.parse(pattern.substring(0, at)), ANY, Optional.of(pattern.substring(at + 1)));
        }
        var colon = pattern.lastIndexOf(':');
        if (colon < 0 || colon < pattern.lastIndexOf('/')) {
            return new ImagePattern(Glob.parse(pattern), ANY, Optional.empty());
        }
        var tag = Glob.parse(pattern.substring(colon + 1));
        return new ImagePattern(Glob.parse(pattern.substring(0, colon)), tag, Optional.empty());
    }

    boolean matches(Subject subject) {
        var image = subject.image();
        return (name.matches(image.repository()) || name.matches(image.path()))
                && digest.map(image.digest().toString()::equals).orElse(true)
                && (tag.matchesAnyTag() || subject.tags().stream().anyMatch(tag::matches));
    }
}
