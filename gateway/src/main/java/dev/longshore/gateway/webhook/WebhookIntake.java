package dev.longshore.gateway.webhook;

import com.fasterxml.uuid.Generators;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.door.connection.LastAnswer;
import dev.longshore.gateway.webhook.BodyReader.Body;
import dev.longshore.gateway.webhook.domain.Delivery;
import dev.longshore.gateway.webhook.domain.JsonText;
import dev.longshore.gateway.webhook.domain.KeptHeaders;
import dev.longshore.gateway.webhook.domain.Uselessness;
import dev.longshore.gateway.webhook.postgres.WebhookRegistries;
import dev.longshore.gateway.webhook.postgres.WebhookRegistry;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes one notification in. It is stored, with its event in the outbox, before it is answered: what a registry was told
 * is there is there, whatever happens next. One that cannot be stored is refused, and the registry repeats it.
 */
@ApplicationScoped
public class WebhookIntake {

    /** So much of a stranger's body is read, to be able to answer on the same connection. */
    private static final long READ_OF_STRANGERS = 64L * 1024;

    private final WebhookRegistries registries;
    private final WebhookSecrets secrets;
    private final StoreDelivery store;
    private final WebhookConfig config;
    private final WebhookMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    WebhookIntake(
            WebhookRegistries registries,
            WebhookSecrets secrets,
            StoreDelivery store,
            WebhookConfig config,
            WebhookMetrics metrics) {
        this.registries = registries;
        this.secrets = secrets;
        this.store = store;
        this.config = config;
        this.metrics = metrics;
    }

    /** Fails with a problem for a notification that is not authentic, in the same way whether the registry is known or not. */
    public Uni<Delivery> receive(String name, Optional<String> pathSecret, RoutingContext context) {
        var begun = clock.instant();
        return inTime(registries.find(name))
                .chain(found -> found.map(registry -> receive(registry, pathSecret, context))
                        .orElseGet(() -> refuse(context)))
                .onItemOrFailure()
                .invoke((delivery, failure) ->
                        metrics.count(delivery, failure, Duration.between(begun, clock.instant())));
    }

    private Uni<Delivery> receive(WebhookRegistry registry, Optional<String> pathSecret, RoutingContext context) {
        return secrets.isAuthentic(registry, context.request().headers(), pathSecret)
                .chain(isAuthentic -> isAuthentic ? accept(registry, context) : refuse(context));
    }

    private Uni<Delivery> accept(WebhookRegistry registry, RoutingContext context) {
        return BodyReader.read(
                        context.request(),
                        config.largestBody().asLongValue(),
                        config.longestRead().asLongValue())
                .ifNoItem()
                .after(config.bodyPatience())
                .failWith(() -> tooSlow(context))
                .map(body -> delivery(registry, context, body))
                .chain(delivery -> inTime(store.store(delivery)));
    }

    /** A database that hangs is as good as away: the registry comes again. */
    private <T> Uni<T> inTime(Uni<T> work) {
        return work.ifNoItem().after(config.databasePatience()).fail();
    }

    private static Uni<Delivery> refuse(RoutingContext context) {
        return BodyReader.read(context.request(), 0, READ_OF_STRANGERS)
                .ifNoItem()
                .after(Duration.ofSeconds(1))
                .recoverWithItem(() -> new Body(new byte[0], 0, false, false))
                .invoke(body -> closeUnlessExhausted(context, body))
                .chain(() -> Uni.createFrom()
                        .failure(new ProblemException(
                                ErrorCode.WEBHOOK_NOT_AUTHENTIC,
                                "The notification does not bear the secret of a registry of this name")));
    }

    private Delivery delivery(WebhookRegistry registry, RoutingContext context, Body body) {
        closeUnlessExhausted(context, body);
        var uselessness = uselessness(registry, body);
        var kept = uselessness.isEmpty() ? body.bytes() : beginning(body.bytes());
        var configured = registry.configured();
        return new Delivery(
                "dlv-" + Generators.timeBasedEpochGenerator().generate(),
                configured.project(),
                configured.name(),
                configured.vendor(),
                uselessness,
                KeptHeaders.of(context.request().headers(), configured.webhook().header()),
                kept,
                body.size(),
                context.request().remoteAddress().hostAddress(),
                TraceParent.traceId().orElse(""),
                clock.instant());
    }

    private static Optional<Uselessness> uselessness(WebhookRegistry registry, Body body) {
        if (registry.deletedAt().isPresent()) {
            return Optional.of(Uselessness.REGISTRY_DELETED);
        } else if (!body.isWhole()) {
            return Optional.of(Uselessness.TOO_LARGE);
        }
        return JsonText.of(body.bytes()).isEmpty() ? Optional.of(Uselessness.NOT_JSON) : Optional.empty();
    }

    private byte[] beginning(byte[] bytes) {
        return Arrays.copyOf(
                bytes, (int) Math.min(bytes.length, config.keptOfFailed().asLongValue()));
    }

    private static ProblemException tooSlow(RoutingContext context) {
        LastAnswer.on(context);
        return new ProblemException(ErrorCode.UNAVAILABLE, "The body did not arrive in time");
    }

    private static void closeUnlessExhausted(RoutingContext context, Body body) {
        if (!body.isExhausted()) {
            LastAnswer.on(context);
        }
    }
}
