package dev.longshore.config.domain;

import dev.longshore.config.domain.input.Choices;
import dev.longshore.events.ConfigEvent;
import java.util.Arrays;

/** What can be configured. */
public enum Kind {
    REGISTRY(ConfigEvent.Kind.REGISTRY, "registries"),
    SCAN_POLICY(ConfigEvent.Kind.SCAN_POLICY, "scan-policies"),
    EXEMPTION(ConfigEvent.Kind.EXEMPTION, "exemptions"),
    REPLICATION_RULE(ConfigEvent.Kind.REPLICATION_RULE, "replication-rules"),
    RETENTION_POLICY(ConfigEvent.Kind.RETENTION_POLICY, "retention-policies"),
    FREEZE(ConfigEvent.Kind.FREEZE, "freezes"),
    PROJECT(ConfigEvent.Kind.PROJECT, "projects");

    private final ConfigEvent.Kind published;
    private final String path;

    Kind(ConfigEvent.Kind published, String path) {
        this.published = published;
        this.path = path;
    }

    public static Kind parse(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Choices.unknown(Kind.class, "kind", text)));
    }

    /** The key of its events, {@code registry/left}, which also identifies it here. */
    public String key(String name) {
        return published.key(name);
    }

    /** As audit entries and problems name it: {@code registries/left}. */
    public String resource(String name) {
        return path + "/" + name;
    }

    /** The last segment of its collection's path. */
    public String path() {
        return path;
    }

    public void checkName(String name) {
        ResourceNames.check(this, name);
    }

    /** {@code scan-policy}. */
    @Override
    public String toString() {
        return published.toString();
    }
}
