package dev.longshore.oci.client.transport;

import dev.longshore.oci.client.address.ForbiddenAddressException;
import dev.longshore.oci.client.headers.RetryAfter;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.oci.client.http.RegistryException.ForbiddenAddress;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.RegistryException.TooLarge;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Turns statuses and broken connections into exceptions; nobody else looks at either. */
public final class Verdicts {

    /** For answers that do not say when to come back. */
    static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);

    /** 499 and 522 are what proxies say of a registry that they lost. */
    private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 499, 500, 502, 503, 504, 522);

    private Verdicts() {}

    /** Returns the answer if it is one of those expected, and throws what it is if not. */
    static Answer judge(Request request, Answer answer) {
        var status = answer.status();
        if (TRANSIENT.contains(status) && !request.expected().contains(status)) {
            throw new Unavailable(
                    request.action(), "the registry answered " + describe(answer), status, retryAfter(answer), null);
        }
        if (answer.isHtml() && !(request.content() && status < 300)) {
            throw new InvalidAnswer(
                    request.action(),
                    "%s answers HTML (status %d), not the registry API"
                            .formatted(answer.uri().getAuthority(), status));
        }
        if (request.expected().contains(status)) {
            return answer;
        }
        throw refusal(request, answer);
    }

    private static RegistryException refusal(Request request, Answer answer) {
        var status = answer.status();
        if (status == 413) {
            return new TooLarge(request.action(), "the registry answered " + describe(answer));
        }
        if (status < 400) {
            return new InvalidAnswer(
                    request.action(), "the registry answered %d, which makes no sense here".formatted(status));
        }
        return new Rejected(
                request.action(),
                status,
                ErrorDocument.parse(answer.body().getBytes()).code(),
                "the registry answered " + describe(answer));
    }

    private static String describe(Answer answer) {
        return answer.status() + ErrorDocument.parse(answer.body().getBytes()).describe();
    }

    static Duration retryAfter(Answer answer) {
        return answer.header("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, Instant.now()))
                .orElse(DEFAULT_RETRY_AFTER);
    }

    /**
     * What became of a request that got no answer. Every failure is mapped: Vert.x signals dropped connections and
     * time-outs by exceptions that are no IOExceptions.
     */
    public static Throwable failure(String action, Throwable cause) {
        return switch (cause) {
            case RegistryException known -> known;
            case ForbiddenAddressException forbidden ->
                new ForbiddenAddress(action, String.valueOf(forbidden.getMessage()));
            default -> new Unavailable(action, reason(cause), 0, DEFAULT_RETRY_AFTER, cause);
        };
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case UnknownHostException unknown -> "there is no address for the host " + unknown.getMessage();
            case TimeoutException _, io.smallrye.mutiny.TimeoutException _ -> "the registry did not answer in time";
            case HttpClosedException _, StreamResetException _ -> "the connection was closed";
            case ConnectException _ -> "the connection was refused";
            case SSLException tls -> "TLS failed (%s)".formatted(tls.getMessage());
            default -> "the connection failed (%s)".formatted(cause);
        };
    }
}
