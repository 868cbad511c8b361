package dev.longshore.gateway.proxy;

import dev.longshore.gateway.proxy.domain.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does not ask a service that is known to be away. Away is one that takes no connection, or that is silent and does not
 * even say that it lives: being slow is not being away. That is asked all the time, so that one which hangs is mostly
 * known before someone waits for it. Whether it is back is found out by asking again.
 */
final class Breakers {

    private static final Logger LOG = Logger.getLogger(Breakers.class);

    private final Vertx vertx;
    private final ProxyConfig.Breaker config;
    private final Function<Service, Future<Void>> signOfLife;
    private final Map<Service, CircuitBreaker> breakers = new EnumMap<>(Service.class);
    /** Each time that one is asked again and is not there, its breaker opens anew. */
    private final Set<Service> away = ConcurrentHashMap.newKeySet();

    /** Those that did not answer when they were last asked. */
    private final Set<Service> silent = ConcurrentHashMap.newKeySet();

    private final Map<Service, Future<Void>> asking = new ConcurrentHashMap<>();
    private final long asks;

    /** @param signOfLife fails if the service does not say in time that it lives */
    Breakers(
            Vertx vertx, ProxyConfig.Breaker config, Function<Service, Future<Void>> signOfLife, MeterRegistry meters) {
        this.vertx = vertx;
        this.config = config;
        this.signOfLife = signOfLife;
        for (var service : Service.values()) {
            var breaker = breaker(service);
            breakers.put(service, breaker);
            meters.gauge(
                    "longshore.proxy.cut.off",
                    Tags.of("service", service.toString()),
                    breaker,
                    each -> isThere(each) ? 0 : 1);
        }
        asks = vertx.setPeriodic(config.askEvery().toMillis(), _ -> breakers.forEach(this::ask));
    }

    /** Before anyone waits for it. Who takes no connection says so at once to whoever asks: only silence takes time to see. */
    private void ask(Service service, CircuitBreaker breaker) {
        if (isThere(breaker) && !asking.containsKey(service)) {
            signOfLife(service).onSuccess(_ -> silent.remove(service)).onFailure(failure -> {
                if (failure instanceof TimeoutException || failure instanceof SslHandshakeTimeoutException) {
                    silentAgain(service, breaker);
                }
            });
        }
    }

    /** Nobody waits for it, so it is asked a second time: a pause is no end. */
    private void silentAgain(Service service, CircuitBreaker breaker) {
        if (!silent.add(service)) {
            silent.remove(service);
            breaker.open();
        }
    }

    private static boolean isThere(CircuitBreaker breaker) {
        return breaker.state() == CircuitBreakerState.CLOSED;
    }

    private CircuitBreaker breaker(Service service) {
        var options = new CircuitBreakerOptions()
                .setMaxFailures(config.failures())
                .setFailuresRollingWindow(config.window().toMillis())
                .setResetTimeout(config.askAgainAfter().toMillis())
                .setTimeout(-1)
                .setNotificationAddress(null);
        var breaker = CircuitBreaker.create(service.toString(), vertx, options)
                .failurePolicy(result -> result.failed() && !(result.cause() instanceof ServiceBusyException));
        breaker.openHandler(_ -> {
            if (away.add(service)) {
                LOG.warnf("%s is away: what is for it is answered 503 at once", service);
            }
        });
        breaker.closeHandler(_ -> {
            if (away.remove(service)) {
                LOG.infof("%s is back", service);
            }
        });
        breaker.halfOpenHandler(
                _ -> breaker.<Void>execute(promise -> signOfLife(service).onComplete(promise)));
        return breaker;
    }

    /** A connection to the service, whose answer is then waited for as long as it lives. */
    Future<HttpClientRequest> guard(Service service, Supplier<Future<HttpClientRequest>> connect) {
        var breaker = of(service);
        if (!isThere(breaker)) {
            return Future.failedFuture(new ServiceAwayException(service));
        }
        return breaker.<HttpClientRequest>execute(promise -> connect.get()
                        .recover(failure ->
                                Future.failedFuture(isBusy(failure) ? new ServiceBusyException(service) : failure))
                        .onComplete(promise))
                .onSuccess(request -> watch(service, request));
    }

    /** The queue for its connections is full, or so long that the turn did not come. */
    private static boolean isBusy(Throwable failure) {
        return failure instanceof ConnectionPoolTooBusyException || failure instanceof TimeoutException;
    }

    private void watch(Service service, HttpClientRequest request) {
        vertx.setTimer(config.suspectAfter().toMillis(), _ -> suspect(service, request));
    }

    private void suspect(Service service, HttpClientRequest request) {
        if (request.response().isComplete()) {
            return;
        }
        if (!isThere(of(service))) {
            request.reset(0, new ServiceAwayException(service));
            return;
        }
        signOfLife(service).onSuccess(_ -> watch(service, request)).onFailure(_ -> {
            of(service).open();
            request.reset(0, new ServiceAwayException(service));
        });
    }

    /** However many wait for the service, it is asked once. */
    private Future<Void> signOfLife(Service service) {
        return asking.computeIfAbsent(
                service,
                _ -> signOfLife.apply(service).onComplete(_ -> vertx.runOnContext(_ -> asking.remove(service))));
    }

    private CircuitBreaker of(Service service) {
        var breaker = breakers.get(service);
        if (breaker == null) {
            throw new IllegalStateException("There is no breaker for " + service);
        }
        return breaker;
    }

    void close() {
        vertx.cancelTimer(asks);
        breakers.values().forEach(CircuitBreaker::close);
    }
}
