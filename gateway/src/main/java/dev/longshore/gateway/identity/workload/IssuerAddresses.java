package dev.longshore.gateway.identity.workload;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.address.ForbiddenAddressException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Refuses issuers at addresses that Longshore must not be made to talk to. It is only the first time that this is looked
 * at: whoever connects looks again.
 */
@ApplicationScoped
public class IssuerAddresses {

    private final Vertx vertx;
    private final AddressGuard guard;
    private final boolean mayBePrivate;

    IssuerAddresses(Vertx vertx, WorkloadsConfig config) {
        this.vertx = vertx;
        this.mayBePrivate = config.allowPrivateAddresses();
        this.guard = AddressGuard.of(mayBePrivate);
    }

    public boolean mayBePrivate() {
        return mayBePrivate;
    }

    /** A host that has no address yet is not refused. */
    public Uni<Void> check(String host) {
        return guard.resolve(vertx, host)
                .replaceWithVoid()
                .onFailure(UnknownHostException.class)
                .recoverWithNull()
                .onFailure(ForbiddenAddressException.class)
                .transform(failure -> new ProblemException(
                        ErrorCode.FORBIDDEN_ADDRESS,
                        String.valueOf(failure.getMessage()),
                        List.of(new FieldError("/issuer", String.valueOf(failure.getMessage())))));
    }
}
