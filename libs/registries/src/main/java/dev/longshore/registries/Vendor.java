package dev.longshore.registries;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who made a registry. As text in lower case with hyphens: {@code docker-hub}. */
public enum Vendor {
    DISTRIBUTION,
    HARBOR,
    NEXUS,
    ARTIFACTORY,
    QUAY,
    DOCKER_HUB,
    GHCR,
    GITLAB,
    ECR,
    GCR,
    GAR,
    ACR,
    ZOT;

    @JsonCreator
    public static Vendor parse(String value) {
        return Stream.of(values())
                .filter(vendor -> vendor.toString().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The vendor '%s' is not known; known are %s"
                        .formatted(
                                value.length() <= 40 ? value.replaceAll("\\p{Cntrl}", "?") : "…",
                                Stream.of(values()).map(Vendor::toString).collect(Collectors.joining(", ")))));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
