package dev.longshore.oci.client.transport;

import dev.longshore.oci.client.headers.Challenge;
import dev.longshore.oci.client.headers.WwwAuthenticate;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.transport.TokenService.Token;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows how the registry wants to be asked. Credentials are sent only after the registry has challenged for them, to
 * itself or to the token service that its own challenge names.
 */
final class Authenticator {

    private static final int MOST_TOKENS = 2_000;

    private final RegistryClientOptions options;
    private final TokenService tokenService;
    private volatile @Nullable Challenge known;

    /** By scopes. A flight that is still on its way is shared by all who need its token. */
    private final Map<List<String>, Flight> flights = new ConcurrentHashMap<>();

    private static final class Flight {
        private final Uni<Token> token;
        private volatile @Nullable Token landed;

        Flight(Uni<Token> fetch) {
            this.token = fetch.invoke(fetched -> landed = fetched).memoize().indefinitely();
        }

        boolean isUsable() {
            var now = landed;
            return now == null || now.isFresh(Instant.now());
        }

        boolean carries(String header) {
            var now = landed;
            return now != null && header.equals(bearer(now.value()));
        }
    }

    Authenticator(RegistryClientOptions options, TokenService tokenService) {
        this.options = options;
        this.tokenService = tokenService;
    }

    /** What to send from the start; empty if nothing is known to be needed. */
    Uni<Optional<String>> authorization(List<String> scopes) {
        if (options.credentials() instanceof Credentials.Token token) {
            return Uni.createFrom().item(Optional.of(bearer(token.token())));
        }
        var challenge = known;
        if (challenge == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return answerTo(challenge, scopes, scopes);
    }

    /** What to send after the registry refused {@code sent}; empty if there is nothing better. */
    Uni<Optional<String>> renewed(List<String> scopes, Answer refusal, Optional<String> sent) {
        var challenges = WwwAuthenticate.parse(refusal.headerValues("WWW-Authenticate"));
        if (options.credentials() instanceof Credentials.Token) {
            return Uni.createFrom().item(Optional.empty());
        }
        var usable = challenges.stream()
                .filter(challenge ->
                        challenge.isBearer() && challenge.parameter("realm").isPresent())
                .findFirst()
                .or(() -> challenges.stream().filter(this::isBasicOfUse).findFirst());
        if (usable.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        known = usable.get();
        sent.ifPresent(this::forget);
        return answerTo(usable.get(), scopes, wanted(usable.get(), scopes))
                .map(header -> header.equals(sent) ? Optional.empty() : header);
    }

    private boolean isBasicOfUse(Challenge challenge) {
        return challenge.isBasic() && options.credentials() instanceof Credentials.Basic;
    }

    private void forget(String refused) {
        flights.values().removeIf(flight -> flight.carries(refused));
    }

    private Uni<Optional<String>> answerTo(Challenge challenge, List<String> key, Collection<String> scopes) {
        if (challenge.isBasic()) {
            return Uni.createFrom()
                    .item(
                            options.credentials() instanceof Credentials.Basic basic
                                    ? Optional.of(basic(basic))
                                    : Optional.empty());
        }
        return token(challenge, key, scopes).map(token -> Optional.of(bearer(token.value())));
    }

    private Uni<Token> token(Challenge challenge, List<String> key, Collection<String> scopes) {
        if (flights.size() > MOST_TOKENS) {
            flights.values().removeIf(flight -> !flight.isUsable());
        }
        var flight = flights.compute(
                key, (_, before) -> before != null && before.isUsable() ? before : newFlight(challenge, scopes));
        return flight.token.onFailure().invoke(() -> flights.remove(key, flight));
    }

    private Flight newFlight(Challenge challenge, Collection<String> scopes) {
        var service = challenge.parameter("service").orElse("");
        return new Flight(
                Uni.createFrom().deferred(() -> tokenService.fetch(realm(challenge), service, List.copyOf(scopes))));
    }

    private URI realm(Challenge challenge) {
        var action = "get a token for " + options.baseUri().getAuthority();
        var realm = Origins.resolve(
                        options.baseUri(), challenge.parameter("realm").orElse(""))
                .orElseThrow(() -> new InvalidAnswer(action, "the registry names a token service that is no URL"));
        if (Origins.isTls(options.baseUri()) && !Origins.isTls(realm)) {
            throw new InvalidAnswer(action, "the registry names a token service without TLS");
        }
        return realm;
    }

    /** The challenge knows best, but a mount needs more than the registry thinks of. */
    private static Collection<String> wanted(Challenge challenge, List<String> scopes) {
        var named = challenge.parameter("scope").stream()
                .flatMap(scope -> Stream.of(scope.strip().split("\\s+")))
                .filter(scope -> !scope.isEmpty());
        var all = new TreeSet<>(scopes);
        named.forEach(all::add);
        return all;
    }

    static String basic(Credentials.Basic credentials) {
        var pair = credentials.username() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }
}
