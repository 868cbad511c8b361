package dev.longshore.retention.domain;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Random repositories and policies; {@code ./longshore test --all} takes ten thousand of each kind. */
class RetentionPropertyTest {

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void holdsForSome(@ForAll long seed) {
        new RetentionProperties(seed, false).check();
        new RetentionProperties(seed, true).check();
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    @Tag("long")
    void holdsForMany(@ForAll long seed) {
        new RetentionProperties(seed, false).check();
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    @Tag("long")
    void holdsForManyWithCircles(@ForAll long seed) {
        new RetentionProperties(seed, true).check();
    }
}
