package dev.longshore.local;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What each service's process is told: its own port, its own database, the broker, and where its files lie. */
final class ServiceEnvironment {

    private final Settings settings;
    private final String kafka;
    private final String postgres;
    private final Function<Service, String> passwords;

    ServiceEnvironment(Settings settings, String kafka, String postgres, Function<Service, String> passwords) {
        this.settings = settings;
        this.kafka = kafka;
        this.postgres = postgres;
        this.passwords = passwords;
    }

    Map<String, String> of(Service service) {
        var variables = new TreeMap<>(settings.environment());
        // What is the launcher's alone, and the other services' passwords, are nothing to a service.
        for (var other : Service.values()) {
            variables.remove(other.portVariable());
            variables.remove(other.passwordVariable());
        }
        variables.keySet().removeIf(ServiceEnvironment::isLaunchersOwn);
        variables.put("LONGSHORE_HOME", settings.home().toString());
        variables.put("LONGSHORE_TRACES_FILE", file(service, "traces", ".jsonl"));
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", String.valueOf(settings.port(service)));
        variables.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + postgres + "/" + service.database());
        variables.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + postgres + "/" + service.database());
        variables.put("QUARKUS_DATASOURCE_USERNAME", service.database());
        variables.put("QUARKUS_DATASOURCE_PASSWORD", passwords.apply(service));
        if (service == Service.GATEWAY) {
            variables.putAll(addresses());
        }
        log(service).forEach(variables::putIfAbsent);
        return variables;
    }

    /** Where the gateway finds the others. */
    private Map<String, String> addresses() {
        return Arrays.stream(Service.values())
                .filter(service -> service != Service.GATEWAY)
                .collect(Collectors.toMap(
                        service -> "LONGSHORE_PROXY_SERVICES_" + service.name(),
                        service -> "http://127.0.0.1:" + settings.port(service)));
    }

    private Map<String, String> log(Service service) {
        return Map.of(
                "QUARKUS_LOG_FILE_ENABLED", "true",
                "QUARKUS_LOG_FILE_PATH", file(service, "logs", ".log"),
                "QUARKUS_LOG_FILE_ROTATION_MAX_FILE_SIZE", "20M",
                "QUARKUS_LOG_FILE_ROTATION_MAX_BACKUP_INDEX", "3",
                // A service that is killed and started again goes on in the same file.
                "QUARKUS_LOG_FILE_ROTATION_ROTATE_ON_BOOT", "false",
                "QUARKUS_LOG_CONSOLE_ENABLED", "false");
    }

    private String file(Service service, String folder, String extension) {
        return settings.home()
                .resolve(Path.of(folder, service.module() + extension))
                .toString();
    }

    private static boolean isLaunchersOwn(String variable) {
        return switch (variable) {
            case "LONGSHORE_ROOT",
                    "LONGSHORE_CACHE",
                    "LONGSHORE_JAVA_OPTIONS",
                    "LONGSHORE_AOT",
                    "LONGSHORE_START_TIMEOUT",
                    "LONGSHORE_POSTGRES_URL",
                    "LONGSHORE_POSTGRES_PORT",
                    "LONGSHORE_KAFKA_PORT",
                    "LONGSHORE_KAFKA_CONTROLLER_PORT" -> true;
            default -> false;
        };
    }
}
