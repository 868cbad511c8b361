package dev.longshore.gateway.door;

import dev.longshore.gateway.door.settings.DoorConfig;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** How large a request's body may be: small, but for an archive that is uploaded. */
@ApplicationScoped
public class BodySizes {

    private static final String CHECKPOINTS = "/api/v1/checkpoints";
    /** What a form has around its file. */
    private static final long FORM = 1 << 20;

    private final long body;
    private final long upload;

    BodySizes(DoorConfig config) {
        this.body = config.largestBody().asLongValue();
        this.upload = config.largestUpload().asLongValue() + FORM;
    }

    public long largest(HttpServerRequest request) {
        return isUpload(request) ? upload : body;
    }

    static boolean isUpload(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST)
                && CHECKPOINTS.equals(request.path())
                && Optional.ofNullable(request.getHeader("Content-Type"))
                        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
                        .isPresent();
    }
}
