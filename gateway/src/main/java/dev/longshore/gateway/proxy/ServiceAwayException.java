package dev.longshore.gateway.proxy;

import dev.longshore.gateway.proxy.domain.Service;

/** The service is known to be away, and was not asked, or not waited for any longer. */
final class ServiceAwayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServiceAwayException(Service service) {
        super(service + " is away", null, false, false);
    }
}
