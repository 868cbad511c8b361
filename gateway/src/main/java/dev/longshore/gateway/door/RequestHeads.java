package dev.longshore.gateway.door;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Refuses heads that two programs could read differently, and secrets where they do not belong. */
final class RequestHeads {

    /** Addresses are logged, kept in histories and told to others. */
    private static final Pattern TOKEN_IN_QUERY =
            Pattern.compile("(?:^|&)(?:access_token|token|id_token|password|authorization)=", Pattern.CASE_INSENSITIVE);

    private RequestHeads() {}

    static Optional<String> refusal(MultiMap headers, String query) {
        if (headers.getAll("Host").size() > 1) {
            return Optional.of("The request is for several hosts");
        }
        var encodings = headers.getAll("Transfer-Encoding");
        if (!encodings.isEmpty() && !isChunked(encodings)) {
            return Optional.of("The only Transfer-Encoding that is taken is: chunked");
        }
        if (!encodings.isEmpty() && headers.contains("Content-Length")) {
            return Optional.of("The request has a Content-Length and a Transfer-Encoding");
        }
        if (query.contains("%00")) {
            return Optional.of("The query holds the character U+0000");
        }
        if (TOKEN_IN_QUERY.matcher(query).find()) {
            return Optional.of("Secrets do not belong into an address: send a token as Authorization: Bearer …");
        }
        return Optional.empty();
    }

    private static boolean isChunked(List<String> encodings) {
        return encodings.size() == 1 && encodings.getFirst().strip().equalsIgnoreCase("chunked");
    }
}
