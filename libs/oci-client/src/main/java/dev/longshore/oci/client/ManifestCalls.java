package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.InvalidReferenceException;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.RegistryException.TooLarge;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.oci.client.transport.Answer;
import dev.longshore.oci.client.transport.Request;
import dev.longshore.oci.client.transport.Transport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/** Everything below {@code /manifests/}. */
final class ManifestCalls {

    /** What registries must take at least, and no honest manifest exceeds. */
    static final int LARGEST_MANIFEST = 4 * 1024 * 1024;

    private static final String ACCEPT = String.join(", ", MediaType.MANIFESTS);
    private static final String DIGEST_HEADER = "Docker-Content-Digest";

    private final Transport transport;

    ManifestCalls(Transport transport) {
        this.transport = transport;
    }

    Uni<Optional<Descriptor>> head(Reference reference) {
        var request = request(HttpMethod.HEAD, reference, "look up the manifest ", "pull")
                .with("Accept", ACCEPT)
                .expecting(200, 404);
        return transport.send(request).chain(answer -> {
            if (answer.status() == 404) {
                return Uni.createFrom().item(Optional.empty());
            }
            return described(request, reference, answer)
                    .map(found -> Uni.createFrom().item(Optional.of(found)))
                    // Neither header is required of a registry: then only the bytes tell.
                    .orElseGet(() -> get(reference).map(found -> found.map(FetchedManifest::descriptor)));
        });
    }

    Uni<Optional<FetchedManifest>> get(Reference reference) {
        var request = request(HttpMethod.GET, reference, "read the manifest ", "pull")
                .with("Accept", ACCEPT)
                .limitedTo(LARGEST_MANIFEST)
                .expecting(200, 404);
        return transport
                .send(request)
                .map(answer -> answer.status() == 404
                        ? Optional.empty()
                        : Optional.of(fetched(request.action(), reference, answer)));
    }

    Uni<PushedManifest> put(Reference reference, String mediaType, byte[] content) {
        var request = request(HttpMethod.PUT, reference, "push the manifest ", "pull,push")
                .with("Content-Type", mediaType)
                .sending(Buffer.buffer(content))
                .expecting(200, 201, 202, 204);
        if (content.length > LARGEST_MANIFEST) {
            return Uni.createFrom()
                    .failure(new TooLarge(request.action(), "it has %d bytes".formatted(content.length)));
        }
        var digest = reference instanceof Reference.Pinned pinned
                ? Digest.of(pinned.digest().algorithm(), content)
                : Digest.of(content);
        if (reference instanceof Reference.Pinned pinned && !pinned.digest().equals(digest)) {
            return Uni.createFrom()
                    .failure(
                            new DigestMismatch(request.action(), pinned.digest().toString(), digest.toString()));
        }
        return transport
                .send(request)
                .map(answer -> pushed(request.action(), digest, answer))
                .onFailure(Unavailable.class)
                .recoverWithUni(failure -> lookAgain(reference, digest, failure));
    }

    Uni<Boolean> delete(Reference reference) {
        var what = reference instanceof Reference.Tagged ? "delete the tag " : "delete the manifest ";
        var request = request(HttpMethod.DELETE, reference, what, "delete,pull").expecting(200, 202, 204, 404);
        return transport
                .send(request)
                .map(answer -> answer.status() != 404)
                .onFailure(Rejected.class)
                .transform(failure -> reference instanceof Reference.Tagged ? tagRefused(failure) : failure);
    }

    /** Distribution 2 looks for a digest in the tag, and says that it is none. */
    private static Throwable tagRefused(Throwable failure) {
        return failure instanceof Rejected rejected && rejected.status() == 400
                ? new Rejected(rejected.action(), 400, "UNSUPPORTED", "the registry deletes only by digest")
                : failure;
    }

    /** Nobody knows whether a push without an answer arrived; asking is better than pushing again. */
    private Uni<PushedManifest> lookAgain(Reference reference, Digest digest, Unavailable failure) {
        if (failure.status().isPresent()) {
            return Uni.createFrom().failure(failure);
        }
        return head(reference)
                .onFailure()
                .transform(_ -> failure)
                .map(found -> found.filter(descriptor -> descriptor.digest().equals(digest))
                        .map(_ -> new PushedManifest(digest, false))
                        .orElseThrow(() -> failure));
    }

    private static Optional<Descriptor> described(Request request, Reference reference, Answer answer) {
        var digest = digest(request.action(), answer);
        var type = answer.header("Content-Type").map(MediaType::essence).filter(MediaType::isManifest);
        var size = answer.contentLength();
        if (digest.isEmpty() || type.isEmpty() || size.isEmpty()) {
            return Optional.empty();
        }
        if (reference instanceof Reference.Pinned pinned && !pinned.digest().equals(digest.get())) {
            throw new DigestMismatch(
                    request.action(), pinned.digest().toString(), digest.get().toString());
        }
        return Optional.of(Descriptor.of(type.get(), digest.get(), size.get()));
    }

    private static FetchedManifest fetched(String action, Reference reference, Answer answer) {
        var content = answer.body().getBytes();
        var told = digest(action, answer);
        told.ifPresent(digest -> check(action, digest, content));
        var digest = told.orElseGet(() -> Digest.of(content));
        if (reference instanceof Reference.Pinned pinned) {
            check(action, pinned.digest(), content);
            digest = pinned.digest();
        }
        var mediaType = answer.header("Content-Type")
                .map(MediaType::essence)
                .filter(MediaType::isManifest)
                .orElseGet(() -> ManifestParser.statedMediaType(content));
        if (mediaType.isEmpty()) {
            throw new InvalidAnswer(action, "the registry answered something that is no manifest");
        }
        return new FetchedManifest(mediaType, digest, content);
    }

    private static PushedManifest pushed(String action, Digest digest, Answer answer) {
        digest(action, answer)
                .filter(told -> told.algorithm().equals(digest.algorithm()) && !told.equals(digest))
                .ifPresent(told -> {
                    throw new DigestMismatch(action, digest.toString(), told.toString());
                });
        return new PushedManifest(digest, answer.header("OCI-Subject").isPresent());
    }

    private static void check(String action, Digest digest, byte[] content) {
        if (!digest.matches(content)) {
            var actual = Digest.of(digest.algorithm(), content);
            throw new DigestMismatch(action, digest.toString(), actual.toString());
        }
    }

    private static Optional<Digest> digest(String action, Answer answer) {
        try {
            return answer.header(DIGEST_HEADER).map(Digest::parse);
        } catch (InvalidReferenceException e) {
            throw new InvalidAnswer(action, "the registry answered a digest that is none");
        }
    }

    private static Request request(HttpMethod method, Reference reference, String action, String rights) {
        var repository = reference.repository();
        return Request.of(method, "/v2/" + repository + "/manifests/" + reference.value(), action + reference)
                .scoped("repository:" + repository + ":" + rights);
    }
}
