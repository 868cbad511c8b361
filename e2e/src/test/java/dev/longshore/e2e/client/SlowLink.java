package dev.longshore.e2e.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A way to a server that takes its time, as one to another data centre does: each piece of a request is held up. */
public final class SlowLink implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final Duration delay;

    private SlowLink(ServerSocket listening, int target, Duration delay) {
        this.listening = listening;
        this.target = target;
        this.delay = delay;
    }

    public static SlowLink to(URI server, Duration delay) {
        try {
            var listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
            var link = new SlowLink(listening, server.getPort(), delay);
            Thread.ofVirtual().start(link::listen);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try {
            while (true) {
                var client = listening.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket client) {
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            var back = Thread.ofVirtual().start(() -> pump(server, client, Duration.ZERO));
            pump(client, server, delay);
            back.join();
        } catch (IOException _) {
            // One side is gone; the other one is told by the close.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket from, Socket to, Duration delay) {
        try {
            var buffer = new byte[1 << 16];
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                TimeUnit.MILLISECONDS.sleep(delay.toMillis());
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (SocketException _) {
            end(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Socket... sockets) {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
