package dev.longshore.gateway.access;

import dev.longshore.gateway.access.domain.Permission;
import dev.longshore.gateway.access.domain.PermissionTable;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Of whom the API asks who they are: of everyone, but at the doors that the table calls public. */
@ApplicationScoped
class AccessPolicy implements HttpSecurityPolicy {

    private static final String API = "/api/";

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext asked) {
        var path = String.valueOf(context.request().path());
        if (!path.startsWith(API) || isPublic(context.request().method().name(), path)) {
            return CheckResult.permit();
        }
        return identity.map(someone -> someone.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT);
    }

    private static boolean isPublic(String method, String path) {
        return PermissionTable.find(method, path)
                .filter(operation -> operation.permission() == Permission.PUBLIC)
                .isPresent();
    }
}
