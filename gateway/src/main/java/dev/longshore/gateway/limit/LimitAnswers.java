package dev.longshore.gateway.limit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.door.ProblemAnswers;
import dev.longshore.gateway.door.connection.LastAnswer;
import dev.longshore.gateway.limit.domain.Standing;
import dev.longshore.gateway.snap.domain.SnapCode;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Tells callers how they stand, in the headers of the draft and, on SNAP's paths, in SNAP's. */
@ApplicationScoped
class LimitAnswers {

    private static final String LIMIT = "RateLimit";
    private static final String POLICY = "RateLimit-Policy";

    private final ProblemAnswers problems;
    private final LimitMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    LimitAnswers(ProblemAnswers problems, LimitMetrics metrics) {
        this.problems = problems;
        this.metrics = metrics;
    }

    void tell(RoutingContext context, Standing standing) {
        append(context, POLICY, standing.quota().policy());
        append(context, LIMIT, standing.item());
    }

    void tellAsSnap(RoutingContext context, Standing standing) {
        tell(context, standing);
        context.response()
                .putHeader("X-RateLimit-Limit", Long.toString(standing.quota().requests()))
                .putHeader("X-RateLimit-Remaining", Long.toString(standing.remaining()))
                .putHeader(
                        "X-RateLimit-Reset", Long.toString(clock.instant().getEpochSecond() + standing.resetSeconds()));
    }

    /** Both fields are lists: one item for each limit that the request was held against. */
    private static void append(RoutingContext context, String field, String item) {
        var headers = context.response().headers();
        var before = headers.get(field);
        headers.set(field, before == null ? item : before + ", " + item);
    }

    void refuse(RoutingContext context, Standing standing) {
        metrics.refused(standing.quota().name());
        problems.answerAndClose(
                context, ErrorCode.TOO_MANY_REQUESTS, sentence(standing), Duration.ofSeconds(standing.waitSeconds()));
    }

    void refuseAsSnap(RoutingContext context, Standing standing) {
        metrics.refused(standing.quota().name());
        var code = SnapCode.RATE_LIMIT_EXCEEDED;
        LastAnswer.on(context);
        context.response()
                .setStatusCode(code.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Retry-After", Long.toString(standing.waitSeconds()))
                .end(JsonNodeFactory.instance
                        .objectNode()
                        .put("success", false)
                        .put("error", "Too many requests")
                        .put("details", sentence(standing))
                        .put("code", code.name())
                        .toString())
                .onFailure(_ -> {});
    }

    /** There is no room, for the moment. */
    void refuse(RoutingContext context, String limit, String detail) {
        metrics.refused(limit);
        problems.answerAndClose(context, ErrorCode.UNAVAILABLE, detail);
    }

    private static String sentence(Standing standing) {
        var quota = standing.quota();
        return "No more than %d requests in %d seconds are taken here: wait as Retry-After says"
                .formatted(quota.requests(), quota.window().toSeconds());
    }
}
