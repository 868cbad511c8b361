package dev.longshore.kit.token;

import dev.longshore.kit.work.BlockingCalls;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/**
 * The public keys of the gateways, as they publish them. They change while this runs; a place that cannot be read at the
 * moment keeps the keys that it had.
 */
@ApplicationScoped
class KnownKeys {

    private static final Logger LOG = Logger.getLogger(KnownKeys.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Made-up key ids must not make us read a file a thousand times a second. */
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(500).toNanos();

    private final List<URI> places;
    private final BlockingCalls blocking;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Map<URI, Map<String, PublicKey>> known = new ConcurrentHashMap<>();
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - BETWEEN_LOOKS_NANOS);

    KnownKeys(InternalTokensConfig config, BlockingCalls blocking) {
        this.places = config.keys();
        this.blocking = blocking;
    }

    /** Looks into the files, if it is not there, but not all the time. */
    Optional<PublicKey> find(String id) {
        var key = lookUp(id);
        var last = lookedAt.get();
        if (key.isEmpty()
                && System.nanoTime() - last >= BETWEEN_LOOKS_NANOS
                && lookedAt.compareAndSet(last, System.nanoTime())) {
            places.stream().filter(KnownKeys::isFile).forEach(this::look);
            return lookUp(id);
        }
        return key;
    }

    @Scheduled(
            every = "${longshore.internal-tokens.refresh-every:10s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        return blocking.call(() -> {
            places.forEach(this::look);
            return null;
        });
    }

    private Optional<PublicKey> lookUp(String id) {
        return known.values().stream()
                .filter(keys -> keys.containsKey(id))
                .map(keys -> keys.get(id))
                .findFirst();
    }

    private void look(URI place) {
        try {
            known.put(place, keys(isFile(place) ? Files.readString(Path.of(place)) : fetch(place)));
        } catch (IOException | JoseException failure) {
            LOG.warnf("Could not read the gateway's keys at %s: %s", place, failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String fetch(URI place) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(place).timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("It answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static Map<String, PublicKey> keys(String set) throws JoseException {
        return new JsonWebKeySet(set)
                .getJsonWebKeys().stream()
                        .filter(key -> key instanceof EllipticCurveJsonWebKey && key.getKeyId() != null)
                        .map(EllipticCurveJsonWebKey.class::cast)
                        .collect(Collectors.toMap(
                                EllipticCurveJsonWebKey::getKeyId,
                                EllipticCurveJsonWebKey::getECPublicKey,
                                (one, _) -> one));
    }

    private static boolean isFile(URI place) {
        return "file".equals(place.getScheme());
    }
}
