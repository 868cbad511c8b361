package dev.longshore.gateway.snap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.longshore.gateway.proxy.ServiceCalls;
import dev.longshore.gateway.proxy.ServiceCalls.Answer;
import dev.longshore.gateway.proxy.ServiceCalls.Asker;
import dev.longshore.gateway.proxy.domain.Service;
import dev.longshore.gateway.snap.domain.SnapCode;
import dev.longshore.gateway.snap.domain.SnapException;
import dev.longshore.gateway.snap.domain.SnapRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** SNAP's push: an archive with a document beside it becomes an image, and the caller waits for the end. */
@ApplicationScoped
public class SnapPushes {

    private static final String CHECKPOINTS = "/api/v1/checkpoints";
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Set<String> UNDER_WAY = Set.of("pending", "running");
    private static final Set<String> OF_THE_REGISTRY = Set.of(
            "registry-unreachable",
            "registry-rejected",
            "registry-full",
            "credentials-rejected",
            "not-a-registry",
            "too-many-requests",
            "forbidden-address");

    private final ServiceCalls services;
    private final SnapConfig config;

    SnapPushes(ServiceCalls services, SnapConfig config) {
        this.services = services;
        this.config = config;
    }

    /** The document beside the archive is not there; SNAP's callers know this message. */
    public static final class NoMetadataException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoMetadataException() {
            super("Checkpoint metadata JSON file not found");
        }
    }

    /** Emits what the image is called, as clusters name it. */
    public Uni<String> push(Asker asker, SnapRequest request) {
        var pod = request.file("pod_name");
        var checkpoint = request.file("checkpoint_name").replaceFirst("\\.tar$", "");
        var wanted = JsonNodeFactory.instance
                .objectNode()
                .put("registry", request.registry("checkpoint_config_name"))
                .put("path", pod + "/" + checkpoint + ".tar")
                .put("metadata", pod + "/" + checkpoint + ".json");
        return services.call(asker, Service.PUSH, "POST", CHECKPOINTS, wanted)
                .map(SnapPushes::id)
                .chain(id -> end(asker, id))
                .map(SnapPushes::address);
    }

    private static String id(Answer answer) {
        if (answer.isGood()) {
            return answer.body().path("id").asText();
        }
        var isMetadata = answer.body()
                .path("errors")
                .valueStream()
                .anyMatch(error -> error.path("pointer").asText().equals("/metadata"));
        if (answer.status() == 404 && isMetadata) {
            throw new NoMetadataException();
        }
        throw ServiceProblems.of(answer);
    }

    /** Asks until it has ended. That push-service is away for a moment is not the end. */
    private Uni<JsonNode> end(Asker asker, String id) {
        return services.call(asker, Service.PUSH, "GET", CHECKPOINTS + "/" + id, null)
                .map(answer -> Optional.of(answer).filter(Answer::isGood).map(Answer::body))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .repeat()
                .withDelay(PAUSE)
                .whilst(found -> found.map(SnapPushes::isUnderWay).orElse(true))
                .collect()
                .last()
                .map(Optional::orElseThrow)
                .ifNoItem()
                .after(config.patience())
                .failWith(() -> new SnapException(
                        SnapCode.CHECKPOINT_FAILED,
                        "The push takes longer than this call may",
                        "It goes on: see %s/%s".formatted(CHECKPOINTS, id)));
    }

    private static boolean isUnderWay(JsonNode checkpoint) {
        return UNDER_WAY.contains(checkpoint.path("state").asText());
    }

    private static String address(JsonNode checkpoint) {
        if (checkpoint.path("state").asText().equals("succeeded")) {
            return checkpoint.path("address").asText();
        }
        var error = checkpoint.path("error");
        var ofTheRegistry = OF_THE_REGISTRY.contains(error.path("code").asText());
        throw new SnapException(
                ofTheRegistry ? SnapCode.REGISTRY_CONNECTION_FAILED : SnapCode.CHECKPOINT_FAILED,
                ofTheRegistry ? "The image could not be pushed" : "No image could be made of the checkpoint",
                "%s: %s"
                        .formatted(
                                error.path("code").asText("stopped"),
                                error.path("reason").asText("")));
    }
}
