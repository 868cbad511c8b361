package dev.longshore.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.session.domain.Backoff;
import dev.longshore.gateway.session.domain.Backoff.Attempts;
import dev.longshore.gateway.session.domain.FairGate.Lane;
import dev.longshore.gateway.session.domain.Network;
import dev.longshore.gateway.session.postgres.SignInAttempts;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Slows down whoever guesses. Counted are the account at an address, and for strangers the account and the address too;
 * from where someone signed in before, the guesses of others do not keep them out. See docs/identity.md.
 */
@ApplicationScoped
class SignInThrottle {

    private static final int REMEMBERED = 100_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final SignInAttempts attempts;
    private final Clock clock = Clock.systemUTC();
    private final Backoff ofPair;
    private final Backoff ofAccount;
    private final Backoff ofAddress;
    /** Until when a key has to wait: so that those who do not wait cost no question to the database. */
    private final Cache<String, Instant> blocked = Caffeine.newBuilder()
            .expireAfterWrite(FORGOTTEN_AFTER)
            .maximumSize(REMEMBERED)
            .build();

    private final Cache<String, Set<String>> knownAt;

    /** What an attempt counts as until it succeeded. */
    record Admission(String username, String network, boolean isKnown) {

        String pair() {
            return key("pair", username, network);
        }

        List<String> ofStrangers() {
            return isKnown ? List.of() : List.of(key("account", username), key("address", network));
        }

        Map<String, Backoff> rules(SignInThrottle throttle) {
            return isKnown
                    ? Map.of(pair(), throttle.ofPair)
                    : Map.of(
                            pair(), throttle.ofPair,
                            key("account", username), throttle.ofAccount,
                            key("address", network), throttle.ofAddress);
        }

        Lane lane() {
            return isKnown ? new Lane(pair(), true) : new Lane(network, false);
        }
    }

    SignInThrottle(SignInAttempts attempts, SessionsConfig config) {
        this.attempts = attempts;
        var throttle = config.throttle();
        this.ofPair = new Backoff(throttle.attempts(), throttle.longestWait(), FORGOTTEN_AFTER);
        this.ofAccount = new Backoff(throttle.strangersPerAccount(), throttle.strangersWait(), FORGOTTEN_AFTER);
        this.ofAddress = new Backoff(throttle.strangersPerAddress(), throttle.strangersWait(), FORGOTTEN_AFTER);
        this.knownAt = Caffeine.newBuilder()
                .expireAfterWrite(config.remembered())
                .maximumSize(REMEMBERED)
                .build();
    }

    /** Fails with 429 for whoever has to wait. */
    Uni<Admission> admit(String username, String address) {
        var network = Network.of(address);
        return known(network)
                .map(names -> new Admission(username, network, names.contains(username)))
                .chain(this::admit);
    }

    Uni<Void> succeeded(Admission admission) {
        return attempts.succeeded(admission.username(), admission.network(), admission.pair(), admission.ofStrangers())
                .invoke(() -> {
                    blocked.invalidate(admission.pair());
                    blocked.invalidateAll(admission.ofStrangers());
                    knownAt.invalidate(admission.network());
                });
    }

    /** Somebody gave a wrong password. */
    Uni<Void> failed(Admission admission) {
        return admission.isKnown() ? count(admission) : Uni.createFrom().voidItem();
    }

    /** Who is known costs few questions, and is counted when they fail; a stranger's attempt counts as failed until it succeeds. */
    private Uni<Admission> admit(Admission admission) {
        refuseUntil(admission.rules(this).keySet().stream()
                .flatMap(key -> Stream.ofNullable(blocked.getIfPresent(key)))
                .toList());
        var counted = admission.isKnown()
                ? attempts.find(admission.pair())
                        .invoke(found -> refuseUntil(List.of(found.nextAt())))
                        .replaceWithVoid()
                : count(admission);
        return counted.replaceWith(admission);
    }

    private Uni<Void> count(Admission admission) {
        var rules = admission.rules(this);
        return attempts.change(List.copyOf(rules.keySet()), found -> counted(rules, found))
                .replaceWithVoid();
    }

    private Map<String, Attempts> counted(Map<String, Backoff> rules, Map<String, Attempts> found) {
        var now = clock.instant();
        found.forEach((key, each) -> remember(key, each, now));
        refuseUntil(found.values().stream().map(Attempts::nextAt).toList());
        var next = rules.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        rule -> rule.getValue().next(found.getOrDefault(rule.getKey(), Attempts.NONE), now)));
        next.forEach((key, each) -> remember(key, each, now));
        return next;
    }

    private void remember(String key, Attempts each, Instant now) {
        if (each.isBlocked(now)) {
            blocked.put(key, each.nextAt());
        }
    }

    private void refuseUntil(List<Instant> times) {
        var now = clock.instant();
        times.stream().max(Comparator.naturalOrder()).filter(now::isBefore).ifPresent(until -> {
            throw new ProblemException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "Too many attempts to sign in: wait before the next one",
                    Duration.between(now, until));
        });
    }

    private Uni<Set<String>> known(String network) {
        var remembered = knownAt.getIfPresent(network);
        return remembered != null
                ? Uni.createFrom().item(remembered)
                : attempts.knownAt(network).invoke(names -> knownAt.put(network, names));
    }

    /** Hashed: what is typed as a name may be a password. */
    private static String key(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(String.join("\n", parts).getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
