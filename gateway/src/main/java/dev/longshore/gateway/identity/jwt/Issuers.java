package dev.longshore.gateway.identity.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.gateway.identity.jwt.GuardedHttp.Question;
import dev.longshore.gateway.identity.jwt.Provider.Document;
import dev.longshore.kit.work.Home;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/**
 * The keys of those who sign tokens, by discovery. Read again now and then, and for a key that is not known, but not at
 * everyone's asking; while an issuer is away, what was read of it holds.
 */
@ApplicationScoped
public class Issuers {

    private static final Logger LOG = Logger.getLogger(Issuers.class);
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int MOST = 500;
    private static final int MOST_KEYS = 100;

    private final GuardedHttp http;
    private final ObjectMapper mapper;
    private final MeterRegistry meters;
    private final IssuersConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofDays(1))
            .build();

    /** What is known of one issuer. */
    private static final class Known {
        private final AtomicReference<Optional<Provider>> provider = new AtomicReference<>(Optional.empty());
        private final AtomicReference<Instant> askedAt = new AtomicReference<>(Instant.EPOCH);
        private final AtomicReference<Optional<Uni<Provider>>> asking = new AtomicReference<>(Optional.empty());
    }

    Issuers(GuardedHttp http, ObjectMapper mapper, MeterRegistry meters, IssuersConfig config) {
        this.http = http;
        this.mapper = mapper;
        this.meters = meters;
        this.config = config;
    }

    /**
     * The issuer with its keys, among them the one named if it has it. Fails if nothing was ever read of it.
     *
     * @param mayBePrivate whether it may be at a loopback or private address
     */
    public Uni<Provider> provider(String issuer, Optional<String> keyId, boolean mayBePrivate) {
        var state = known.get(issuer, _ -> new Known());
        var now = clock.instant();
        var provider = state.provider.get();
        var isFresh = provider.filter(
                        each -> each.readAt().plus(config.keysRemembered()).isAfter(now) && each.knows(keyId))
                .isPresent();
        if (isFresh) {
            return Uni.createFrom().item(provider.orElseThrow());
        }
        var asking = state.asking.get();
        if (asking.isPresent()) {
            return Home.back(asking.get());
        }
        var asked = state.askedAt.get();
        var isTooSoon = asked.plus(config.askedAtMostEvery()).isAfter(now);
        if (isTooSoon || !state.askedAt.compareAndSet(asked, now)) {
            return provider.map(each -> Uni.createFrom().item(each))
                    .orElseGet(
                            () -> Uni.createFrom().failure(new IllegalStateException("Nothing is known of " + issuer)));
        }
        return ask(issuer, mayBePrivate, state);
    }

    private Uni<Provider> ask(String issuer, boolean mayBePrivate, Known state) {
        var asking = read(issuer, mayBePrivate)
                .invoke(read -> {
                    state.provider.set(Optional.of(read));
                    count("read");
                })
                .onFailure()
                .recoverWithUni(failure -> {
                    count("failed");
                    LOG.warnf("Could not read the keys of %s: %s", issuer, failure.getMessage());
                    return state.provider
                            .get()
                            .map(old -> Uni.createFrom().item(old))
                            .orElseGet(() -> Uni.createFrom().failure(failure));
                })
                .onTermination()
                .invoke(() -> state.asking.set(Optional.empty()))
                .memoize()
                .indefinitely();
        state.asking.set(Optional.of(asking));
        return asking;
    }

    private Uni<Provider> read(String issuer, boolean mayBePrivate) {
        var discovery = URI.create(issuer.replaceAll("/$", "") + DISCOVERY);
        return json(discovery, mayBePrivate)
                .map(document -> document(issuer, document))
                .chain(document -> http.ask(Question.get(document.keys(), mayBePrivate))
                        .map(answer -> keys(document, good(answer))));
    }

    private Uni<JsonNode> json(URI uri, boolean mayBePrivate) {
        return http.ask(Question.get(uri, mayBePrivate)).map(answer -> parse(good(answer)));
    }

    private JsonNode parse(Buffer body) {
        try {
            return mapper.readTree(body.getBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException("The answer is not JSON", failure);
        }
    }

    /** Whoever answers for another issuer is not believed (OpenID Connect Discovery, section 4.3). */
    private static Document document(String issuer, JsonNode json) {
        if (!issuer.equals(json.path("issuer").asText())) {
            throw new IllegalStateException("The document is of another issuer");
        }
        return new Document(
                issuer,
                uri(json, "jwks_uri").orElseThrow(() -> new IllegalStateException("The document names no keys")),
                uri(json, "authorization_endpoint"),
                uri(json, "token_endpoint"),
                uri(json, "device_authorization_endpoint"));
    }

    private Provider keys(Document document, Buffer body) {
        try {
            var keys = new JsonWebKeySet(body.toString()).getJsonWebKeys();
            return new Provider(
                    document, List.copyOf(keys.subList(0, Math.min(keys.size(), MOST_KEYS))), clock.instant());
        } catch (JoseException failure) {
            throw new IllegalStateException("The answer is no set of keys", failure);
        }
    }

    private static Buffer good(GuardedHttp.Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("It answered " + answer.status());
        }
        return answer.body();
    }

    private static Optional<URI> uri(JsonNode json, String field) {
        return Optional.of(json.path(field).asText())
                .filter(text -> !text.isEmpty())
                .map(URI::create);
    }

    private void count(String outcome) {
        meters.counter("longshore.issuer.reads", "outcome", outcome).increment();
    }
}
