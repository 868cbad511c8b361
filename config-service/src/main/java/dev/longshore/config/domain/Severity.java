package dev.longshore.config.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.longshore.config.domain.input.Choices;

/** How bad a vulnerability is, the worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    UNKNOWN;

    @JsonValue
    @Override
    public String toString() {
        return Choices.text(this);
    }
}
