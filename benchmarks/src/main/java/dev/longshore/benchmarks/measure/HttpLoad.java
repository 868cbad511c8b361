package dev.longshore.benchmarks.measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request over and over, on connections that stay open: a client that costs next to nothing, so that it is the
 * server that is measured.
 */
public final class HttpLoad {

    private final URI address;
    private final byte[] request;

    /** @param headers each with its line end */
    public HttpLoad(URI address, String headers) {
        this.address = address;
        this.request = ("GET " + address.getRawPath() + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n"
                        + headers + "\r\n")
                .getBytes(ISO_8859_1);
    }

    /** As fast as so many connections can: requests a second. */
    public double saturate(int connections, int seconds) throws InterruptedException {
        var count = new AtomicLong();
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        all(connections, () -> {
            try (var connection = new Connection()) {
                while (System.nanoTime() < end) {
                    connection.ask();
                    count.incrementAndGet();
                }
                return List.of();
            }
        });
        return count.get() / (double) seconds;
    }

    /**
     * At an even rate, whatever the server does: each request's time counts from when it was due, so that one that was held
     * up counts for all that had to wait behind it.
     *
     * @return milliseconds
     */
    public List<Double> atRate(double perSecond, int connections, int seconds) throws InterruptedException {
        var begun = System.nanoTime();
        var next = new AtomicLong();
        var requests = (long) (perSecond * seconds);
        return all(connections, () -> {
            var taken = new ArrayList<Double>();
            try (var connection = new Connection()) {
                for (var number = next.getAndIncrement(); number < requests; number = next.getAndIncrement()) {
                    var due = begun + (long) (number * 1e9 / perSecond);
                    connection.open();
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                    connection.ask();
                    taken.add((System.nanoTime() - due) / 1e6);
                }
            }
            return taken;
        });
    }

    private static List<Double> all(int connections, Callable<List<Double>> work) throws InterruptedException {
        var results = new ArrayList<Double>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (var done : threads.invokeAll(Collections.nCopies(connections, work))) {
                results.addAll(get(done));
            }
        }
        return results;
    }

    private static List<Double> get(Future<List<Double>> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A request failed", failure.getCause());
        }
    }

    /** HTTP/1.1 as far as our own services speak it. */
    private final class Connection implements AutoCloseable {

        private @Nullable Socket socket;
        private InputStream in = InputStream.nullInputStream();

        /** Nothing if it is open; the server ends some after an answer. */
        void open() throws IOException {
            if (socket == null) {
                socket = new Socket(address.getHost(), address.getPort());
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(60_000);
                in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            }
        }

        void ask() throws IOException {
            open();
            Objects.requireNonNull(socket).getOutputStream().write(request);
            var status = line();
            if (!status.startsWith("HTTP/1.1 200") && !status.startsWith("HTTP/1.1 404")) {
                throw new IOException(address + " was answered " + status);
            }
            var length = 0;
            var isLast = false;
            for (var header = line(); !header.isEmpty(); header = line()) {
                var lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
                isLast |= lower.equals("connection: close");
            }
            in.skipNBytes(length);
            if (isLast) {
                close();
            }
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (var c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("The connection ended");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }
    }
}
