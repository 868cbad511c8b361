package dev.longshore.local;

import java.util.Locale;

/** The six services, each with a database and a role of the same short name. */
enum Service {
    CONFIG("config-service", 8001),
    PUSH("push-service", 8002),
    SCAN("scan-service", 8003),
    REPLICATION("replication-service", 8004),
    RETENTION("retention-service", 8005),
    GATEWAY("gateway", 8000);

    private final String module;
    private final int usualPort;

    Service(String module, int usualPort) {
        this.module = module;
        this.usualPort = usualPort;
    }

    /** The folder of its sources, and the name under which people know it. */
    String module() {
        return module;
    }

    String database() {
        return name().toLowerCase(Locale.ROOT);
    }

    String portVariable() {
        return "LONGSHORE_" + name() + "_PORT";
    }

    String passwordVariable() {
        return "LONGSHORE_" + name() + "_DB_PASSWORD";
    }

    int usualPort() {
        return usualPort;
    }
}
