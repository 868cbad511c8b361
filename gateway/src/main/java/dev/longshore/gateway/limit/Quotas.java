package dev.longshore.gateway.limit;

import dev.longshore.gateway.limit.domain.Quota;
import dev.longshore.gateway.limit.domain.Standing;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The quotas as they are configured, and how everyone stands with them. */
@ApplicationScoped
class Quotas {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Quota address;
    private final Quota webhooks;
    private final Quota identity;
    private final Quota snap;
    private final Quota snapAnonymous;
    private final Buckets buckets;

    Quotas(LimitsConfig config) {
        address = new Quota("address", config.address(), config.window());
        webhooks = new Quota("webhooks", config.webhooks(), config.window());
        identity = new Quota("identity", config.identity(), config.window());
        snap = new Quota("snap", config.snap(), HOUR);
        snapAnonymous = new Quota("snap-anonymous", config.snapAnonymous(), HOUR);
        buckets = new Buckets(config.callers(), TimeMeter.SYSTEM_NANOTIME);
    }

    Quota address() {
        return address;
    }

    Quota webhooks() {
        return webhooks;
    }

    Quota identity() {
        return identity;
    }

    Quota snap() {
        return snap;
    }

    Quota snapAnonymous() {
        return snapAnonymous;
    }

    /** Counts one request. */
    Standing take(Quota quota, String key) {
        return buckets.take(quota, key);
    }
}
