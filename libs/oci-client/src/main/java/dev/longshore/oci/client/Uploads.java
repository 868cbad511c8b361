package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Names;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.transport.Answer;
import dev.longshore.oci.client.transport.Request;
import dev.longshore.oci.client.transport.Transport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Upload sessions: begun by a POST that may end in a mount, filled by one streamed PUT. */
final class Uploads {

    private static final Duration PATIENCE_WITH_CLEANING = Duration.ofSeconds(5);

    private final Transport transport;

    /** Where the registry wants the content. */
    record Session(String repository, Digest digest, URI location) {
        String action() {
            return Uploads.action(repository, digest);
        }

        String scope() {
            return "repository:" + repository + ":pull,push";
        }
    }

    record Content(VerifiedContent stream, Descriptor descriptor) {}

    Uploads(Transport transport) {
        this.transport = transport;
    }

    static String action(String repository, Digest digest) {
        return "push the blob " + repository + "@" + digest;
    }

    static Rejected missing(String repository, Descriptor blob) {
        return new Rejected(
                "read the blob " + repository + "@" + blob.digest(),
                404,
                "BLOB_UNKNOWN",
                "the registry has no such blob");
    }

    /** Emits nothing to fill if the registry could mount the blob from the other repository. */
    Uni<Optional<Session>> begin(String repository, Digest digest, Optional<String> mountFrom, boolean ticketed) {
        Names.repository(repository);
        mountFrom.ifPresent(Names::repository);
        var path = "/v2/" + repository + "/blobs/uploads/"
                + mountFrom
                        .map(from -> "?mount=" + encode(digest) + "&from=" + from.replace("/", "%2F"))
                        .orElse("");
        var plain = Request.of(HttpMethod.POST, path, action(repository, digest))
                .with("Content-Length", "0")
                .expecting(201, 202);
        var scope = "repository:" + repository + ":pull,push";
        var scoped = mountFrom
                .map(from -> plain.scoped(scope, "repository:" + from + ":pull"))
                .orElseGet(() -> plain.scoped(scope));
        return transport
                .send(ticketed ? scoped.withTicket() : scoped)
                .map(answer -> session(repository, digest, answer, mountFrom.isPresent()));
    }

    Uni<Void> send(Session session, Content content) {
        var separator = session.location().getRawQuery() == null ? "?" : "&";
        var request = Request.of(
                        HttpMethod.PUT,
                        session.location() + separator + "digest=" + encode(session.digest()),
                        session.action())
                .with("Content-Type", MediaType.OCTET_STREAM)
                .with("Content-Length", Long.toString(content.descriptor().size()))
                .expecting(200, 201, 204)
                .withTicket()
                .scoped(session.scope());
        var stream = content.stream();
        return transport
                .upload(request, stream)
                .replaceWithVoid()
                .onFailure()
                // If the source broke, that is why the target did.
                .transform(failure -> stream.failure().orElse(failure))
                .onFailure()
                .invoke(stream::abandon)
                .onCancellation()
                .invoke(() -> stream.abandon(new CancellationException("The push was stopped")));
    }

    /** Tells the registry that the session will not be filled. It would find out by itself in time. */
    Uni<Void> giveUp(Session session) {
        var request = Request.of(HttpMethod.DELETE, session.location().toString(), "end the upload")
                .expecting(200, 202, 204, 400, 404, 405)
                .withTicket()
                .scoped(session.scope());
        return transport
                .send(request)
                .replaceWithVoid()
                .ifNoItem()
                .after(PATIENCE_WITH_CLEANING)
                .recoverWithUni(Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithNull();
    }

    private Optional<Session> session(String repository, Digest digest, Answer answer, boolean mounting) {
        if (answer.status() == 201 && mounting) {
            return Optional.empty();
        }
        var action = action(repository, digest);
        var location = answer.location()
                .orElseThrow(() -> new InvalidAnswer(action, "the registry did not say where to upload to"));
        if ("https".equals(answer.uri().getScheme()) && !"https".equals(location.getScheme())) {
            throw new InvalidAnswer(
                    action, "the registry wants the upload without TLS; does its proxy set X-Forwarded-Proto?");
        }
        return Optional.of(new Session(repository, digest, location));
    }

    private static String encode(Digest digest) {
        return digest.algorithm() + "%3A" + digest.hex();
    }
}
