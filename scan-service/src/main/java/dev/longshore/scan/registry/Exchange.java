package dev.longshore.scan.registry;

import dev.longshore.oci.client.BlobStream;
import dev.longshore.oci.client.FetchedManifest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.regex.Pattern;

/** One request of the scanner and its answer, in the distribution protocol. */
final class Exchange {

    private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,18})-");
    private static final String DIGEST = "Docker-Content-Digest";

    private final HttpServerRequest request;
    private final HttpServerResponse response;

    Exchange(HttpServerRequest request) {
        this.request = request;
        this.response = request.response().putHeader("Docker-Distribution-Api-Version", "registry/2.0");
    }

    String path() {
        var path = request.path();
        return path == null ? "" : path;
    }

    boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    boolean isReading() {
        return isHead() || request.method().equals(HttpMethod.GET);
    }

    /** Where in the blob it is to begin. Ranges with an end are answered with the whole, as the protocol allows. */
    long offset() {
        var range = request.getHeader("Range");
        var from = FROM.matcher(range == null ? "" : range);
        return from.matches() ? Long.parseLong(from.group(1)) : 0;
    }

    void unauthorized() {
        response.putHeader("WWW-Authenticate", "Basic realm=\"longshore\"");
        end(401, "UNAUTHORIZED", "a login is needed");
    }

    void pong() {
        response.setStatusCode(200).putHeader("Content-Type", "application/json");
        finish(response.end("{}"));
    }

    void end(int status, String code, String message) {
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        finish(response.end("{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message)));
    }

    Uni<Void> send(FetchedManifest manifest) {
        response.putHeader("Content-Type", manifest.mediaType())
                .putHeader(DIGEST, manifest.digest().toString())
                .putHeader("Content-Length", Integer.toString(manifest.content().length));
        return UniHelper.toUni(isHead() ? response.end() : response.end(Buffer.buffer(manifest.content())));
    }

    Uni<Void> sendSize(long size, String digest) {
        response.putHeader("Content-Type", "application/octet-stream")
                .putHeader(DIGEST, digest)
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Content-Length", Long.toString(size));
        return UniHelper.toUni(response.end());
    }

    /** As fast as the scanner reads. Ends, well or not, when the whole has been seen. */
    Uni<Void> send(BlobStream blob, String digest) {
        response.putHeader("Content-Type", "application/octet-stream").putHeader(DIGEST, digest);
        if (blob.size().isPresent()) {
            var size = blob.size().getAsLong();
            response.putHeader("Content-Length", Long.toString(size));
            if (blob.offset() > 0) {
                var total = blob.offset() + size;
                response.setStatusCode(206)
                        .putHeader("Content-Range", "bytes %d-%d/%d".formatted(blob.offset(), total - 1, total));
            }
        } else {
            response.setChunked(true);
        }
        return blob.pipeTo(new Outgoing(response));
    }

    /** What was begun cannot be taken back: the scanner must see that it is not whole. */
    void cut() {
        if (!response.ended() && !response.closed()) {
            finish(request.connection().close());
        }
    }

    boolean isBegun() {
        return response.headWritten();
    }

    /** Whoever asked may have gone; nobody is left to be told. */
    private static void finish(Future<Void> written) {
        written.onFailure(_ -> {});
    }
}
