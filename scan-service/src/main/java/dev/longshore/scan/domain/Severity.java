package dev.longshore.scan.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How bad a vulnerability is, the worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    UNKNOWN;

    /** As policies and answers write it: {@code critical}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> of(String text) {
        return Stream.of(values())
                .filter(severity -> severity.text().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
