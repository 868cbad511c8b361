package dev.longshore.oci.client.address;

/** A host is at an address that Longshore must not talk to. */
public final class ForbiddenAddressException extends RuntimeException {

    private final String host;

    public ForbiddenAddressException(String host, String reason) {
        super("%s is at %s".formatted(host, reason));
        this.host = host;
    }

    public String host() {
        return host;
    }
}
