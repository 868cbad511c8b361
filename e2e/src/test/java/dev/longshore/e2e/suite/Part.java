package dev.longshore.e2e.suite;

import java.nio.file.Path;
import java.util.Locale;

/** What can be killed by itself. */
public enum Part {
    GATEWAY("gateway"),
    CONFIG("config-service"),
    PUSH("push-service"),
    SCAN("scan-service"),
    REPLICATION("replication-service"),
    RETENTION("retention-service"),
    POSTGRES("postgres"),
    /** The broker lives in the suite's own JVM. */
    BROKER("suite");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    /** As the launcher names it, and its log and pid file. */
    public String title() {
        return title;
    }

    public boolean isService() {
        return this != POSTGRES && this != BROKER;
    }

    /** Of a service: its database and role. */
    public String database() {
        return name().toLowerCase(Locale.ROOT);
    }

    String portVariable() {
        return "LONGSHORE_" + name() + "_PORT";
    }

    Path pidFile(Path home) {
        return this == POSTGRES
                ? home.resolve("postgres/data/postmaster.pid")
                : home.resolve("run").resolve(title + ".pid");
    }
}
