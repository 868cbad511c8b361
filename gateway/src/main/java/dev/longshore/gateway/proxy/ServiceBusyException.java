package dev.longshore.gateway.proxy;

import dev.longshore.gateway.proxy.domain.Service;

/** The service lives and has too much to do: others wait for it already, and one more was not asked. */
final class ServiceBusyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServiceBusyException(Service service) {
        super(service + " is busy", null, false, false);
    }
}
