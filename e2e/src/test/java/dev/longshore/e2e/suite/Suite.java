package dev.longshore.e2e.suite;

import dev.longshore.testkit.LocalInfra;
import dev.longshore.testkit.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The whole suite on free ports, started by {@code ./longshore up} with its data in {@code e2e/target/home}, which stays
 * there to be looked at. One for all tests of this JVM; stopped when the JVM ends.
 */
public final class Suite {

    private static final Path ROOT = Path.of(System.getProperty("longshore.root"));
    private static final List<String> INFRASTRUCTURE_PORTS =
            List.of("LONGSHORE_POSTGRES_PORT", "LONGSHORE_KAFKA_PORT", "LONGSHORE_KAFKA_CONTROLLER_PORT");

    private static final class Shared {
        static final Suite SUITE = start();
    }

    private final Path home;
    private final Map<String, String> environment;

    private Suite(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    public static Suite shared() {
        return Shared.SUITE;
    }

    /** One of its own, for a test that leaves nothing as it was; to be stopped by it. */
    public static Suite apart(String name, Map<String, String> variables) {
        var suite = stopped(ROOT.resolve("e2e/target/home-" + name));
        suite.environment.putAll(variables);
        suite.up();
        return suite;
    }

    private static Suite start() {
        var suite = stopped(ROOT.resolve("e2e/target/home"));
        suite.up();
        return suite;
    }

    private static Suite stopped(Path home) {
        var suite = new Suite(home, environment(home));
        // Of a run that was killed.
        suite.launcher("down");
        deleteAll(home);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> suite.launcher("down")));
        return suite;
    }

    private static Map<String, String> environment(Path home) {
        var environment = new HashMap<String, String>();
        environment.put("LONGSHORE_HOME", home.toString());
        environment.put("LONGSHORE_TRIVY_DATABASE", "bundled");
        // Maven is at work already, and has built all this.
        environment.put("LONGSHORE_BUILD", "never");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        var variables = new ArrayList<>(INFRASTRUCTURE_PORTS);
        for (var part : Part.values()) {
            if (part.isService()) {
                variables.add(part.portVariable());
            }
        }
        var ports = freePorts(variables.size());
        for (var index = 0; index < variables.size(); index++) {
            environment.put(variables.get(index), String.valueOf(ports.get(index)));
        }
        if (Servers.chosen() == Servers.CONTAINERS) {
            environment.putAll(serversOfOthers());
        }
        return environment;
    }

    /** The broker and the database are not the launcher's then. */
    private static Map<String, String> serversOfOthers() {
        var names = Arrays.stream(Part.values())
                .filter(Part::isService)
                .map(Part::portVariable)
                .map(variable -> variable.replaceAll("LONGSHORE_|_PORT", ""))
                .toList();
        var infra = LocalInfra.shared(
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toArray(String[]::new));
        var environment = new HashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", infra.kafkaBootstrapServers());
        environment.put("LONGSHORE_POSTGRES_URL", "127.0.0.1:" + infra.postgresPort());
        environment.put("LONGSHORE_KAFKA_PORT", String.valueOf(infra.kafkaPort()));
        environment.put("LONGSHORE_POSTGRES_PORT", String.valueOf(infra.postgresPort()));
        names.forEach(name -> environment.put("LONGSHORE_" + name + "_DB_PASSWORD", name.toLowerCase(Locale.ROOT)));
        return environment;
    }

    public Path home() {
        return home;
    }

    public URI door() {
        return uri(Part.GATEWAY);
    }

    public URI uri(Part service) {
        return URI.create("http://127.0.0.1:" + port(service.portVariable()));
    }

    public int postgresPort() {
        return port("LONGSHORE_POSTGRES_PORT");
    }

    public String kafka() {
        return "127.0.0.1:" + port("LONGSHORE_KAFKA_PORT");
    }

    public String adminPassword() {
        return read(home.resolve("admin-password")).strip();
    }

    public void up() {
        launcher("up").demand();
    }

    public void down() {
        launcher("down").demand();
    }

    public Command launcher(String... arguments) {
        var line = new ArrayList<>(List.of(ROOT.resolve("longshore").toString()));
        line.addAll(List.of(arguments));
        return Command.run(environment, line.toArray(String[]::new));
    }

    /** The process, if it runs. */
    public Optional<ProcessHandle> process(Part part) {
        var file = part.pidFile(home);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return read(file)
                .lines()
                .findFirst()
                .map(line -> line.strip().split("\\s+")[0])
                .filter(word -> word.matches("\\d+"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .filter(ProcessHandle::isAlive);
    }

    /** {@code kill -9}. */
    public void kill(Part part) {
        var process = process(part).orElseThrow(() -> new IllegalStateException(part.title() + " does not run"));
        Command.run(Map.of(), "kill", "-9", String.valueOf(process.pid())).demand();
    }

    private int port(String variable) {
        return Integer.parseInt(environment.getOrDefault(variable, "0"));
    }

    private static List<Integer> freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var index = 0; index < count; index++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (var socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + folder, e);
        }
    }
}
