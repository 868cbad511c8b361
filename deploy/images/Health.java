import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The images' health check: they have no shell and no curl. Ends with 0 when the service says that it is ready. A plain
 * socket, because an HTTP client would cost more than the rest of this JVM.
 */
public final class Health {

    private Health() {}

    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(System.getenv().getOrDefault("QUARKUS_HTTP_PORT", "8080"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(4000);
            socket.getOutputStream()
                    .write("GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            System.exit(answer != null && answer.contains(" 200") ? 0 : 1);
        }
    }
}
