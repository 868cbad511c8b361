package dev.longshore.config.registry;

import dev.longshore.config.domain.RegistrySpec;
import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.events.ErrorCode;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.address.ForbiddenAddressException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.UnknownHostException;

/**
 * Refuses addresses that Longshore must not be made to talk to. It is only the first time that this is looked at: who
 * connects looks again, because a name may point elsewhere by then.
 */
@ApplicationScoped
public class AddressCheck {

    private final Vertx vertx;

    AddressCheck(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A host that has no address yet is not refused: registries are configured before networks are. */
    public Uni<Void> check(RegistrySpec spec) {
        var host = spec.url().getHost();
        return AddressGuard.of(spec.allowPrivateAddresses())
                .resolve(vertx, host)
                .replaceWithVoid()
                .onFailure(UnknownHostException.class)
                .recoverWithUni(() -> host.startsWith("[")
                        ? Uni.createFrom().failure(invalid(ErrorCode.INVALID_URL, "%s is no address".formatted(host)))
                        : Uni.createFrom().voidItem())
                .onFailure(ForbiddenAddressException.class)
                .transform(
                        failure -> invalid(ErrorCode.FORBIDDEN_ADDRESS, advised(String.valueOf(failure.getMessage()))));
    }

    private static String advised(String refusal) {
        return refusal.endsWith("a private address")
                ? refusal + "; if that is meant, set /allowPrivateAddresses to true"
                : refusal;
    }

    private static InvalidSpecException invalid(ErrorCode code, String detail) {
        return new InvalidSpecException(code, "/url", detail);
    }
}
