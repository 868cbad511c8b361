package dev.longshore.gateway.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.suite.Api;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/**
 * One attack as it goes over the wire.
 *
 * @param sent what is sent, for people
 * @param request as it is sent, with {@code TOKEN} for the token of an administrator
 * @param status that it is answered with
 * @param why that it is answered with, for people: a problem's code, or what else
 */
record Attack(String kind, String sent, String request, int status, String why) {

    private static final int PATIENCE = 20_000;

    @Override
    public String toString() {
        return sent;
    }

    /** Sends it and looks at all that it may not do: reach a service, pass unseen, or harm those who come after. */
    void run() {
        var api = Api.signedIn();
        var before = Api.control("count");

        var answer = send(request.replace("TOKEN", api.token()));

        assertThat(answer).as(sent).matches("(?s)HTTP/1\\.[01] " + status + " .*");
        // Nothing that came behind it was taken for another request.
        assertThat(answer.split("HTTP/1\\.[01] ", -1)).as(answer).hasSize(2);
        assertThat(answer).doesNotContain("jvm_", "stand-in", api.token());
        if (why.matches("[a-z-]+")) {
            assertThat(answer).contains("\"code\":\"" + why + "\"", "application/problem+json");
        }
        assertThat(Api.control("count")).as("asked of the services").isEqualTo(before);
        assertThat(api.get("/api/v1/registries").statusCode()).as("afterwards").isEqualTo(200);
    }

    private static String send(String text) {
        try (var socket = new Socket(Api.base().getHost(), Api.base().getPort())) {
            socket.setSoTimeout(PATIENCE);
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException _) {
                // It is refused while it is still being sent.
            }
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException failure) {
            if (bytes.size() == 0) {
                throw failure;
            }
        }
        return bytes.toString(UTF_8);
    }
}
