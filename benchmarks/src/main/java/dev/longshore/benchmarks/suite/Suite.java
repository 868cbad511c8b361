package dev.longshore.benchmarks.suite;

import dev.longshore.benchmarks.measure.ProcessFigures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The whole suite, started by {@code ./longshore up} with a home and ports of its own. */
public final class Suite implements AutoCloseable {

    public static final List<String> SERVICES = List.of(
            "gateway", "config-service", "push-service", "scan-service", "replication-service", "retention-service");

    private static final List<String> OTHERS = List.of("POSTGRES", "KAFKA", "KAFKA_CONTROLLER");

    private final Path root;
    private final Path home;
    private final Map<String, String> environment;

    private Suite(Path root, Path home, Map<String, String> environment) {
        this.root = root;
        this.home = home;
        this.environment = environment;
    }

    /** Not running yet, without data. What a broken run left in the folder is stopped and removed. */
    public static Suite in(Path root, Path home) throws IOException, InterruptedException {
        var suite = new Suite(root, home, environment(home));
        Runtime.getRuntime().addShutdownHook(new Thread(suite::downAtTheEnd));
        suite.down();
        Folders.delete(home);
        return suite;
    }

    private static Map<String, String> environment(Path home) throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("LONGSHORE_HOME", home.toString());
        environment.put("LONGSHORE_TRIVY_DATABASE", "bundled");
        // A busy machine makes figures worse, not impossible.
        environment.put("LONGSHORE_START_TIMEOUT", "600");
        // Built by the launcher before the benchmark began.
        environment.put("LONGSHORE_BUILD", "never");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        var names = Stream.concat(SERVICES.stream().map(Suite::variable), OTHERS.stream())
                .toList();
        var ports = freePorts(names.size());
        for (var index = 0; index < names.size(); index++) {
            environment.put("LONGSHORE_" + names.get(index) + "_PORT", ports.get(index));
        }
        return environment;
    }

    /** A variable that the services are started with. */
    public void set(String variable, String value) {
        environment.put(variable, value);
    }

    public Path home() {
        return home;
    }

    public URI door() {
        return URI.create("http://127.0.0.1:" + port("gateway"));
    }

    public String port(String service) {
        return environment.getOrDefault("LONGSHORE_" + variable(service) + "_PORT", "0");
    }

    public String up() throws IOException, InterruptedException {
        return launcher("up");
    }

    public void down() throws IOException, InterruptedException {
        launcher("down");
    }

    /** The launcher's command, to be run by somebody else. */
    public ProcessBuilder command(String command) {
        var builder = new ProcessBuilder(root.resolve("longshore").toString(), command);
        builder.environment().putAll(environment);
        return builder;
    }

    private String launcher(String command) throws IOException, InterruptedException {
        return Program.run(environment, List.of(root.resolve("longshore").toString(), command));
    }

    public long pid(String service) throws IOException {
        return pidIn(home.resolve("run").resolve(service + ".pid"));
    }

    /** By name: the services, the broker's JVM, and PostgreSQL with all its processes. */
    public Map<String, List<Long>> processes() throws IOException {
        var found = new LinkedHashMap<String, List<Long>>();
        for (var service : SERVICES) {
            found.put(service, List.of(pid(service)));
        }
        found.put("broker", List.of(pid("suite")));
        var postgres = pidIn(home.resolve("postgres/data/postmaster.pid"));
        var all = new ArrayList<>(List.of(postgres));
        ProcessHandle.of(postgres).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .forEach(all::add);
        found.put("database", all);
        return found;
    }

    /** Spent so far by all of it. */
    public double cpuSeconds() throws IOException {
        return cpuByPart().values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Spent so far by each service, the broker and the database. */
    public Map<String, Double> cpuByPart() throws IOException {
        var spent = new LinkedHashMap<String, Double>();
        processes()
                .forEach((name, pids) -> spent.put(
                        name,
                        pids.stream().mapToDouble(ProcessFigures::cpuSeconds).sum()));
        return spent;
    }

    /** Its logs and traces stay to be looked at. */
    @Override
    public void close() throws IOException {
        try {
            down();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while stopping the suite", interrupted);
        }
    }

    private void downAtTheEnd() {
        try {
            close();
        } catch (IOException failure) {
            System.err.println("Could not stop the suite: " + failure.getMessage());
        }
    }

    private static String variable(String service) {
        return service.replace("-service", "").toUpperCase(Locale.ROOT);
    }

    private static long pidIn(Path file) throws IOException {
        return Long.parseLong(Files.readAllLines(file).getFirst().strip().split("\\s+")[0]);
    }

    private static List<String> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var index = 0; index < count; index++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream()
                    .map(socket -> Integer.toString(socket.getLocalPort()))
                    .toList();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
