package dev.longshore.testkit.registry;

import dev.longshore.testkit.Tools;
import dev.longshore.testkit.server.Server;
import dev.longshore.testkit.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real registry, as a child process or in a container, on a free loopback port, its data in a folder of its own. It ends when it is closed
 * and when this JVM ends, however that comes about.
 */
public final class RegistryProcess implements AutoCloseable {

    /** Which server. */
    public enum Kind {
        /** Debian's {@code docker-registry}, 2.8.2. */
        DISTRIBUTION_2,
        /** Distribution 3.1.2, built by {@code deploy/tools}. */
        DISTRIBUTION_3,
        /** olareg 0.1.2, built by {@code deploy/tools}: referrers API. */
        OLAREG
    }

    /** Where the registry announces what happens to it (Distribution only). */
    public record Notifications(URI url, Map<String, String> headers) {}

    /** Distribution 3 would send its traces to a collector that is not there. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("OTEL_TRACES_EXPORTER", "none", "OTEL_SDK_DISABLED", "true");

    private final List<String> command;
    private final Path folder;
    private final boolean temporary;
    private final int port;
    private @Nullable Server server;

    private RegistryProcess(List<String> command, Path folder, boolean temporary, int port) {
        this.command = command;
        this.folder = folder;
        this.temporary = temporary;
        this.port = port;
    }

    public static Builder of(Kind kind) {
        return new Builder(kind);
    }

    /** Whether the server's program is here. In CI ({@code $CI}) it must be: there starting fails instead. */
    public static boolean isAvailable(Kind kind) {
        if (System.getenv("CI") != null || Servers.chosen() == Servers.CONTAINERS) {
            return true;
        }
        try {
            return Files.isExecutable(program(kind));
        } catch (IllegalStateException _) {
            return false;
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** As images are addressed there by other clients: {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    public Path folder() {
        return folder;
    }

    /** What the server printed so far; Distribution's access log is in it. */
    public List<String> log() {
        try {
            var log = folder.resolve("server.log");
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The access log's lines with this method and a path that holds the text (Distribution only). */
    public List<String> accessLog(String method, String inPath) {
        return log().stream()
                .filter(line -> line.contains("\"" + method + " "))
                .filter(line -> line.contains(inPath) && line.contains("HTTP/1.1\" "))
                .toList();
    }

    /** The same port and data again, after {@link #stop()}. */
    public void start() {
        server = Servers.chosen().start(command, ENVIRONMENT, folder, folder.resolve("server.log"));
        Surroundings.awaitAnswer(server, uri().resolve("/v2/"), folder.resolve("server.log"));
    }

    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Stops it, and removes its data if its folder is a temporary one. */
    @Override
    public void close() {
        stop();
        if (temporary) {
            Surroundings.deleteAll(folder);
        }
    }

    static Path program(Kind kind) {
        return switch (kind) {
            case DISTRIBUTION_2 -> Path.of("/usr/bin/docker-registry");
            case DISTRIBUTION_3 -> tool("registry");
            case OLAREG -> tool("olareg");
        };
    }

    private static Path tool(String name) {
        return Servers.chosen() == Servers.CONTAINERS ? Path.of(name) : Tools.path(name);
    }

    /** What a registry is started with. */
    public static final class Builder {

        private final Kind kind;
        private @Nullable String htpasswd;
        private @Nullable Notifications notifications;
        private @Nullable Path folder;
        private int port;
        private boolean deletes = true;

        private Builder(Kind kind) {
            this.kind = kind;
        }

        /** Only this user may do anything (Distribution only). */
        public Builder withUser(String username, String password) {
            htpasswd = Htpasswd.line(username, password);
            return this;
        }

        public Builder withNotifications(URI url, Map<String, String> headers) {
            notifications = new Notifications(url, headers);
            return this;
        }

        /** Instead of a temporary one. */
        public Builder inFolder(Path chosen) {
            folder = chosen;
            return this;
        }

        /** Instead of a free one. */
        public Builder onPort(int chosen) {
            port = chosen;
            return this;
        }

        public Builder withoutDeletes() {
            deletes = false;
            return this;
        }

        public RegistryProcess start() {
            try {
                var chosen = folder == null ? Files.createTempDirectory("longshore-registry-") : folder;
                Files.createDirectories(chosen);
                var free = port == 0 ? Surroundings.freePort() : port;
                var command = kind == Kind.OLAREG ? olareg(chosen, free) : distribution(chosen, free);
                var registry = new RegistryProcess(command, chosen, folder == null, free);
                registry.start();
                return registry;
            } catch (IOException e) {
                throw new UncheckedIOException("Could not start " + kind, e);
            }
        }

        private List<String> olareg(Path chosen, int free) {
            var data = chosen.resolve("data").toString();
            return List.of(
                    program(kind).toString(),
                    "serve",
                    "--addr",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(free),
                    "--dir",
                    data,
                    "--store-type",
                    "dir",
                    "--api-delete=" + deletes,
                    "--gc-frequency",
                    "-1s",
                    "--verbosity",
                    "info");
        }

        private List<String> distribution(Path chosen, int free) throws IOException {
            var configuration = new DistributionConfiguration(chosen, free, deletes, htpasswd, notifications);
            return List.of(
                    program(kind).toString(), "serve", configuration.write().toString());
        }
    }
}
