package dev.longshore.gateway.snap;

import static dev.longshore.gateway.access.domain.Grants.WHOLE;
import static dev.longshore.gateway.access.domain.Permission.ADMINISTER;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.KnownIdentities;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.proxy.ServiceCalls.Asker;
import dev.longshore.gateway.snap.domain.SnapCode;
import dev.longshore.gateway.snap.domain.SnapException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who makes one of SNAP's calls: a session's token says it, or nobody has to if the operator allows that. */
@ApplicationScoped
public class SnapCallers {

    private static final String SCHEME = "Bearer ";
    private static final String ANONYMOUS = "anonymous";
    private static final String ASKER = "longshore.snap.asker";
    private static final String UNKNOWN = "longshore.snap.unknown";

    private final KnownIdentities identities;
    private final CurrentVertxRequest current;
    private final SnapConfig config;

    SnapCallers(KnownIdentities identities, CurrentVertxRequest current, SnapConfig config) {
        this.current = current;
        this.identities = identities;
        this.config = config;
    }

    /** Finds out who makes a call, before it is let in; {@link #identify} tells it from then on. Empty for nobody. */
    public Uni<Optional<Identity>> meet(RoutingContext context) {
        var values = context.request().headers().getAll("Authorization");
        var found = values.size() > 1
                ? refused()
                : identify(context.request(), values.stream().findFirst());
        return found.onItemOrFailure().transform((asker, failure) -> {
            if (asker == null) {
                context.put(UNKNOWN, failure);
                return Optional.empty();
            }
            context.put(ASKER, asker);
            // For the audit of a refusal: these paths are not asked who is there before they are reached.
            context.put(Identity.ATTRIBUTE, asker.session());
            return Optional.of(asker.session());
        });
    }

    /** Fails with {@code AUTHENTICATION_FAILED} for a token that is none, even where none would be needed. */
    public Uni<Asker> identify() {
        var context = current.getCurrent();
        return Optional.<Asker>ofNullable(context.get(ASKER))
                .map(asker -> Uni.createFrom().item(asker))
                .orElseGet(() -> Optional.<Throwable>ofNullable(context.get(UNKNOWN))
                        .map(failure -> Uni.createFrom().<Asker>failure(failure))
                        .orElseGet(SnapCallers::refused));
    }

    /** Someone who signed in as an administrator. */
    public Uni<Asker> identifyAdministrator() {
        return identify().invoke(asker -> {
            if (asker.session().name().equals(ANONYMOUS)) {
                throw notSignedIn();
            }
            if (!asker.session().grants().projectsWith(ADMINISTER.roles()).contains(WHOLE)) {
                throw new SnapException(
                        SnapCode.PERMISSION_DENIED, "This is not allowed", "Only administrators make accounts");
            }
        });
    }

    /** @param authorization as the header says it; browsers cannot send it with a WebSocket */
    public Uni<Asker> identify(HttpServerRequest request, Optional<String> authorization) {
        var address = request.remoteAddress().hostAddress();
        if (authorization.isPresent()) {
            return token(authorization.get())
                    .map(identities::find)
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                    .map(found -> found.filter(someone -> someone.isFor(String.valueOf(request.path())))
                            .orElseThrow(SnapCallers::notSignedIn))
                    .map(someone -> new Asker(someone, address));
        }
        return config.anonymousFromLoopback() && isFromHere(request, address)
                ? Uni.createFrom().item(new Asker(anonymous(), address))
                : refused();
    }

    private static Optional<String> token(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /** What a proxy on this machine hands on came from elsewhere. */
    private static boolean isFromHere(HttpServerRequest request, String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress()
                    && Stream.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
                            .noneMatch(request.headers()::contains);
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static Identity anonymous() {
        return new Identity(
                "snap-" + ANONYMOUS,
                Kind.ANONYMOUS,
                ANONYMOUS,
                Grants.whole(Role.ADMINISTRATOR),
                List.of(),
                Instant.MAX);
    }

    private static Uni<Asker> refused() {
        return Uni.createFrom().failure(notSignedIn());
    }

    private static SnapException notSignedIn() {
        return new SnapException(
                SnapCode.AUTHENTICATION_FAILED,
                "Sign in first",
                "Send the token of /config/user/login: Authorization: Bearer …");
    }
}
