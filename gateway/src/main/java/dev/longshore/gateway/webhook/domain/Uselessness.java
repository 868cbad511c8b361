package dev.longshore.gateway.webhook.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an authentic notification is of no use. */
public enum Uselessness {
    TOO_LARGE("The body is larger than allowed; only its beginning was kept"),
    NOT_JSON("The body is not JSON; only its beginning was kept"),
    REGISTRY_DELETED("The registry was removed from Longshore; take the endpoint out of its configuration");

    private final String detail;

    Uselessness(String detail) {
        this.detail = detail;
    }

    public String detail() {
        return detail;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
