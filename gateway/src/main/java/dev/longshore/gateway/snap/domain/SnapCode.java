package dev.longshore.gateway.snap.domain;

/** The codes that SNAP's callers know, with the statuses they are answered with. */
public enum SnapCode {
    AUTHENTICATION_FAILED(401),
    REGISTRY_CONNECTION_FAILED(502),
    CHECKPOINT_FAILED(500),
    PERMISSION_DENIED(403),
    VALIDATION_ERROR(400),
    CLUSTER_NOT_FOUND(404),
    RATE_LIMIT_EXCEEDED(429);

    private final int status;

    SnapCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
