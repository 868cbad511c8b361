package dev.longshore.gateway.snap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.gateway.proxy.ServiceCalls.Answer;
import dev.longshore.gateway.snap.domain.SnapCode;
import dev.longshore.gateway.snap.domain.SnapException;
import java.util.stream.Collectors;

/** A service's problem in SNAP's words. */
final class ServiceProblems {

    private ServiceProblems() {}

    static SnapException of(Answer answer) {
        var problem = answer.body();
        return switch (answer.status()) {
            case 400, 404, 409, 413 -> SnapException.invalid(text(problem));
            case 412 -> SnapException.invalid("There is one of this name already");
            case 401, 403 -> new SnapException(SnapCode.PERMISSION_DENIED, "This is not allowed", text(problem));
            case 502 ->
                new SnapException(SnapCode.REGISTRY_CONNECTION_FAILED, "The registry cannot be used", text(problem));
            default ->
                new SnapException(
                        SnapCode.CHECKPOINT_FAILED, "Longshore could not do this at this moment", text(problem));
        };
    }

    /** The detail, and the fields that are wrong. */
    private static String text(JsonNode problem) {
        var fields = problem.path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asText() + ": "
                        + error.path("detail").asText())
                .collect(Collectors.joining("; "));
        return fields.isEmpty() ? problem.path("detail").asText("") : fields;
    }
}
