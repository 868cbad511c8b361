package dev.longshore.gateway.token;

import dev.longshore.kit.work.BlockingCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jose4j.json.JsonUtil;

/**
 * The keys that sign internal tokens. A new one is published, signs a while later, and takes the old one's place a while
 * after that. What is to be done follows from the files and the time alone, so that any number of gateways can share them.
 */
@Startup
@ApplicationScoped
public class SigningKeys {

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    private final Path first;
    private final Path published;
    private final Duration lifetime;
    private final Duration overlap;
    private final BlockingCalls blocking;
    private final Clock clock = Clock.systemUTC();
    private volatile Known known;

    /** @param oldestFirst all that there are */
    private record Known(List<SigningKey> oldestFirst, SigningKey current) {}

    /** One key, without its secret half. */
    public record Shown(String kid, Instant madeAt, Instant signsFrom, boolean signs) {}

    SigningKeys(InternalTokensConfig config, BlockingCalls blocking, MeterRegistry meters) {
        this.first = config.signingKey();
        this.published = config.publishedKeys();
        this.lifetime = config.keyLifetime();
        this.overlap = config.keyOverlap();
        this.blocking = blocking;
        known = readAll();
        meters.gauge("longshore.signing.key.age.seconds", this, SigningKeys::age);
    }

    /** The one that signs now. */
    SigningKey current() {
        return known.current();
    }

    public List<Shown> list() {
        var now = known;
        return now.oldestFirst().stream().map(key -> shown(key, now)).toList();
    }

    /** All public halves, as a JWK set. */
    public String publicSet() {
        return JsonUtil.toJson(Map.of(
                "keys", known.oldestFirst().stream().map(SigningKey::published).toList()));
    }

    /** Makes a new key, before its time. */
    public Uni<Shown> rotate() {
        return blocking.call(() -> {
            var made = make();
            return shown(made, known);
        });
    }

    /** Looks at the files again: another gateway, or a person, may have changed them. */
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return blocking.call(() -> {
            refresh();
            return null;
        });
    }

    private synchronized SigningKey make() {
        var made = SigningKey.make(first, clock.instant());
        LOG.infof("Made a new key for internal tokens: %s", made.id());
        refresh();
        return made;
    }

    private synchronized void refresh() {
        var now = clock.instant();
        known = readAll();
        var newest = known.oldestFirst().getLast();
        if (newest.madeAt().plus(lifetime).isBefore(now)) {
            make();
        } else {
            retire(now);
            publish();
        }
    }

    /** The oldest goes once its follower has signed for long enough; the follower gets its name, by which it is configured. */
    private void retire(Instant now) {
        var keys = known.oldestFirst();
        if (keys.size() < 2
                || keys.get(1).madeAt().plus(overlap.multipliedBy(2)).isAfter(now)) {
            return;
        }
        try {
            var gone = keys.getFirst();
            if (gone.file().equals(first)) {
                Files.move(keys.get(1).file(), first, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.deleteIfExists(gone.file());
            }
            LOG.infof("The key %s is not valid any more", gone.id());
            known = readAll();
        } catch (IOException failure) {
            LOG.warnf("Could not retire a key for internal tokens: %s", failure);
        }
    }

    private void publish() {
        var set = publicSet() + "\n";
        try {
            if (!Files.exists(published) || !Files.readString(published).equals(set)) {
                var partial = Files.createTempFile(published.toAbsolutePath().getParent(), "new-", ".tmp");
                Files.writeString(partial, set);
                Files.move(partial, published, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not publish the keys for internal tokens", failure);
        }
    }

    private Known readAll() {
        var name = first.getFileName().toString().replace(".jwk", "");
        var keys = new ArrayList<SigningKey>();
        var folder = first.toAbsolutePath().getParent();
        try (var files = Files.newDirectoryStream(folder, name + "{,-*}.jwk")) {
            files.forEach(file -> keys.add(SigningKey.read(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not read the keys for internal tokens in " + folder, failure);
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("There is no key for internal tokens at " + first);
        }
        keys.sort(Comparator.comparing(SigningKey::madeAt).thenComparing(SigningKey::id));
        var limit = clock.instant().minus(overlap);
        var current = keys.stream()
                .filter(key -> !key.madeAt().isAfter(limit))
                .reduce((_, later) -> later)
                .orElse(keys.getFirst());
        return new Known(List.copyOf(keys), current);
    }

    private Shown shown(SigningKey key, Known among) {
        var isOldest = key.equals(among.oldestFirst().getFirst());
        return new Shown(
                key.id(),
                key.madeAt(),
                isOldest ? key.madeAt() : key.madeAt().plus(overlap),
                key.equals(among.current()));
    }

    private double age() {
        return Duration.between(known.oldestFirst().getLast().madeAt(), clock.instant())
                .toSeconds();
    }
}
