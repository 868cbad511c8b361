import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The images' health check: they have no shell and no curl. Ends with 0 when the service says that it is ready. */
public final class Health {

    private Health() {}

    public static void main(String[] arguments) throws Exception {
        var port = System.getenv().getOrDefault("QUARKUS_HTTP_PORT", "8080");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(4))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        System.exit(answer.statusCode() == 200 ? 0 : 1);
    }
}
