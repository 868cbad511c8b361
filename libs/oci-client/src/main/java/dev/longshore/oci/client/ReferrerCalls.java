package dev.longshore.oci.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.InvalidManifestException;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Names;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.oci.client.transport.Answer;
import dev.longshore.oci.client.transport.Request;
import dev.longshore.oci.client.transport.Transport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Referrers by the API of distribution-spec 1.1, and by the fallback tag where a registry does not have it. */
final class ReferrerCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ATTEMPTS = 5;

    private final Pages pages;
    private final ManifestCalls manifests;
    private final OneAtATime oneAtATime;

    ReferrerCalls(Transport transport, ManifestCalls manifests, OneAtATime oneAtATime) {
        this.pages = new Pages(transport);
        this.manifests = manifests;
        this.oneAtATime = oneAtATime;
    }

    Uni<Referrers> list(String repository, Digest subject) {
        Names.repository(repository);
        var request = Request.of(
                        HttpMethod.GET,
                        "/v2/" + repository + "/referrers/" + subject,
                        "list the referrers of " + repository + "@" + subject)
                .with("Accept", MediaType.OCI_INDEX)
                .scoped("repository:" + repository + ":pull")
                .expecting(200, 400, 404, 405, 406);
        return pages.from(request)
                .map(answer -> byApi(request, answer))
                .collect()
                .asList()
                .map(ReferrerCalls::joined)
                // What answers HTML for a path that it does not know is a registry without this API.
                .onFailure(InvalidAnswer.class)
                .recoverWithItem(Optional.empty())
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(new Referrers(Referrers.Source.API, found.get()))
                        : byTag(repository, subject));
    }

    Uni<Void> add(String repository, Digest subject, Descriptor referrer) {
        return change(repository, subject, listed -> {
            if (listed.stream().anyMatch(other -> other.digest().equals(referrer.digest()))) {
                return listed;
            }
            var longer = new ArrayList<>(listed);
            longer.add(referrer);
            return longer;
        });
    }

    Uni<Void> remove(String repository, Digest subject, Digest referrer) {
        return change(
                repository,
                subject,
                listed -> listed.stream()
                        .filter(other -> !other.digest().equals(referrer))
                        .toList());
    }

    /** {@code sha256-<hex>}, cut to what a tag may hold. */
    static Reference.Tagged fallbackTag(String repository, Digest subject) {
        var hex = subject.hex().substring(0, Math.min(64, subject.hex().length()));
        return new Reference.Tagged(repository, subject.algorithm() + "-" + hex);
    }

    /** Nothing, if this page shows that the registry does not have the API. */
    private static Optional<List<Descriptor>> byApi(Request request, Answer answer) {
        var type = answer.header("Content-Type").map(MediaType::essence).orElse("");
        if (answer.status() != 200 || !type.equals(MediaType.OCI_INDEX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(referrersIn(type, answer.body().getBytes()));
        } catch (InvalidManifestException e) {
            throw new InvalidAnswer(request.action(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<List<Descriptor>> joined(List<Optional<List<Descriptor>>> answers) {
        if (answers.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(
                answers.stream().flatMap(page -> page.orElseThrow().stream()).toList());
    }

    private Uni<Referrers> byTag(String repository, Digest subject) {
        return underTag(repository, subject).map(found -> new Referrers(Referrers.Source.FALLBACK_TAG, found));
    }

    private Uni<List<Descriptor>> underTag(String repository, Digest subject) {
        var tag = fallbackTag(repository, subject);
        return manifests
                .get(tag)
                .map(found -> found.map(manifest -> {
                            try {
                                return referrersIn(manifest.mediaType(), manifest.content());
                            } catch (InvalidManifestException e) {
                                throw new InvalidAnswer("read the referrers " + tag, String.valueOf(e.getMessage()), e);
                            }
                        })
                        .orElse(List.of()));
    }

    private static List<Descriptor> referrersIn(String mediaType, byte[] content) {
        if (ManifestParser.parse(mediaType, content) instanceof Manifest.Index index) {
            return index.manifests();
        }
        throw new InvalidManifestException("The list of referrers is no index");
    }

    private Uni<Void> change(String repository, Digest subject, UnaryOperator<List<Descriptor>> edit) {
        var tag = fallbackTag(repository, subject);
        return oneAtATime.run(tag.toString(), () -> change(tag, subject, edit, 1));
    }

    /** The protocol has no conditional PUT; so it is read back, and done again if somebody else's list won. */
    private Uni<Void> change(Reference.Tagged tag, Digest subject, UnaryOperator<List<Descriptor>> edit, int attempt) {
        return underTag(tag.repository(), subject).chain(listed -> {
            var edited = edit.apply(listed);
            if (edited.equals(listed)) {
                return Uni.createFrom().voidItem();
            }
            if (attempt > MOST_ATTEMPTS) {
                return Uni.createFrom()
                        .failure(new Unavailable(
                                "keep the referrers " + tag,
                                "somebody else keeps changing it",
                                0,
                                Duration.ofSeconds(1),
                                null));
            }
            return manifests
                    .put(tag, MediaType.OCI_INDEX, index(edited))
                    .chain(() -> change(tag, subject, edit, attempt + 1));
        });
    }

    private static byte[] index(List<Descriptor> referrers) {
        try {
            return JSON.writeValueAsBytes(new Manifest.Index(MediaType.OCI_INDEX, null, referrers, null, Map.of()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An index can be written as JSON", e);
        }
    }
}
