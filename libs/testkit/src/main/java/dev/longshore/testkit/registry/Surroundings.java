package dev.longshore.testkit.registry;

import dev.longshore.testkit.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/** What a server on this machine needs around it: a port, an answer, a folder that goes. */
final class Surroundings {

    private static final Duration START_TIME = Duration.ofSeconds(20);

    private Surroundings() {}

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteAll(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + folder, e);
        }
    }

    /** Any answer will do: a 401 is one. */
    static void awaitAnswer(Server server, URI uri, Path log) {
        var deadline = System.nanoTime() + START_TIME.toNanos();
        try (var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            while (!answers(http, uri)) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    server.close();
                    throw new IllegalStateException("Nothing answers at %s: %s".formatted(uri, lastLines(log)));
                }
                TimeUnit.MILLISECONDS.sleep(30);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
            throw new IllegalStateException("Interrupted while waiting for " + uri, e);
        }
    }

    private static boolean answers(HttpClient http, URI uri) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() < 500;
        } catch (IOException _) {
            return false;
        }
    }

    private static String lastLines(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "and its log cannot be read (" + e.getMessage() + ")";
        }
    }
}
