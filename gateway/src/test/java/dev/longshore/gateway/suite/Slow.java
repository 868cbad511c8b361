package dev.longshore.gateway.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that takes its time, on a bare socket with a small window. */
public final class Slow implements AutoCloseable {

    private static final int WINDOW = 4096;

    private final Socket socket = new Socket();

    public Slow() {
        try {
            socket.setReceiveBufferSize(WINDOW);
            socket.setSoTimeout(50);
            socket.connect(
                    new InetSocketAddress(Api.base().getHost(), Api.base().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Slow send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the connection takes another byte: false once the other side has ended it. */
    public boolean takes(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return !hasEnded();
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether the other side has ended it. Reads one byte at most. */
    public boolean hasEnded() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    public String readAll() {
        try {
            socket.setSoTimeout(20_000);
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
