package dev.longshore.events;

import java.util.Locale;

/**
 * The stable codes of problems. Codes are API: never renamed, never taken away; each has a page in docs/problems.
 */
public enum ErrorCode {
    INVALID_REQUEST(400, "The request is not valid"),
    UNKNOWN_FIELD(400, "A field is not known"),
    INVALID_REFERENCE(400, "The image reference is not valid"),
    UNKNOWN_VENDOR(400, "The registry vendor is not known"),
    INVALID_URL(400, "The URL is not valid"),
    FORBIDDEN_ADDRESS(400, "The address may not be used"),
    POLICY_KEEPS_NOTHING(400, "The policy would keep nothing"),
    SECRET_REQUIRED(400, "The secret must be given again"),
    NOT_A_CHECKPOINT(400, "The file is not a checkpoint"),
    CHECKPOINT_INCOMPLETE(400, "The archive is not whole"),
    CHECKPOINT_UNSAFE(400, "The archive holds what must not be in it"),
    UNAUTHENTICATED(401, "Sign in first"),
    WEBHOOK_NOT_AUTHENTIC(401, "The notification is not authentic"),
    FORBIDDEN(403, "This is not allowed"),
    NOT_FOUND(404, "There is no such resource"),
    METHOD_NOT_ALLOWED(405, "The path does not take this method"),
    TOO_SLOW(408, "The request came too slowly"),
    CONFLICT(409, "The resource is in another state"),
    REPOSITORIES_CLAIMED(409, "The repositories are another project's"),
    CHECKPOINT_BEING_WRITTEN(409, "The archive is still being written"),
    FROZEN(409, "A freeze stops all changes"),
    PLAN_APPLIED(409, "The plan was applied before"),
    PLAN_AGED(409, "The plan is too old"),
    PLAN_OUTDATED(409, "The policy is another than the plan was made from"),
    OBSERVE_MODE(409, "Observe mode changes nothing"),
    DELETES_UNSUPPORTED(409, "The registry does not delete"),
    CONTENT_GONE(409, "The content is gone from the registry"),
    SECRET_SHOWN_ONCE(409, "What was made is shown once"),
    PRECONDITION_FAILED(412, "The resource was changed meanwhile"),
    TOO_LARGE(413, "The request is too large"),
    IDEMPOTENCY_KEY_REUSED(422, "The key was sent with another request"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL(500, "Something went wrong in Longshore"),
    REGISTRY_REJECTED(502, "The registry refused"),
    REGISTRY_UNREACHABLE(502, "The registry cannot be reached"),
    CREDENTIALS_REJECTED(502, "The registry does not accept the credentials"),
    NOT_A_REGISTRY(502, "The address does not answer as a registry"),
    DIGEST_MISMATCH(502, "The registry sent other bytes than asked for"),
    REGISTRY_FULL(502, "The registry has no space left"),
    SOURCE_INCOMPLETE(502, "The source does not have the whole image"),
    NOT_DELETED(502, "The registry accepted a delete and did nothing"),
    PROJECTION_BEHIND(503, "The inventory is not known far enough yet"),
    UNAVAILABLE(503, "Not available for the moment"),
    OUT_OF_SPACE(507, "There is no space for the upload");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status that it is answered with. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As it is in answers: {@code invalid-reference}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
