package dev.longshore.oci.client.http;

import java.net.URI;
import java.time.Duration;

/** Hears of every request that was sent, for metrics and logs. It must not block or fail. */
@FunctionalInterface
public interface RequestListener {

    void completed(Completed request);

    /** @param status what the registry answered; 0 if nothing */
    record Completed(String method, URI uri, int status, Duration took) {}
}
