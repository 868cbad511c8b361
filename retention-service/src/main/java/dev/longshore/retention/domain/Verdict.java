package dev.longshore.retention.domain;

import java.util.Locale;

/** What is to become of something. */
public enum Verdict {
    KEEP,
    DELETE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
