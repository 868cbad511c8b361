import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** Prints what a WebSocket of progress tells, a line each: {@code java WatchProgress.java ws://…/ws/progress FILE}. The file has the header Authorization. */
void main(String[] arguments) throws Exception {
    var header = Files.readString(Path.of(arguments[1])).strip().split(": ", 2);
    var over = new CountDownLatch(1);
    HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header(header[0], header[1])
            .buildAsync(URI.create(arguments[0]), new Printing(over))
            .get();
    IO.println("watching");
    over.await();
}

record Printing(CountDownLatch over) implements WebSocket.Listener {

    private static final Pattern MESSAGE = Pattern.compile("\"progress\":\"?([^,\"]+)\"?,.*\"message\":\"([^\"]*)\"");

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        var message = MESSAGE.matcher(text);
        IO.println(message.find() ? message.group(1) + "  " + message.group(2) : text.toString());
        return WebSocket.Listener.super.onText(socket, text, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        over.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        IO.println("failed  " + failure);
        over.countDown();
    }
}
