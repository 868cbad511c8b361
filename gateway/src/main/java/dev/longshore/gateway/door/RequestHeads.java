package dev.longshore.gateway.door;

import dev.longshore.oci.ForeignText;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses heads that two programs could read differently, and secrets where they do not belong. */
final class RequestHeads {

    /** Addresses are logged, kept in histories and told to others. */
    private static final Pattern TOKEN_IN_QUERY =
            Pattern.compile("(?:^|&)(?:access_token|token|id_token|password|authorization)=", Pattern.CASE_INSENSITIVE);

    /** Parameters that are lists in the API's document, and so may be given several times. */
    private static final Set<String> LISTS = Set.of("checkpoint", "delivery", "severity");

    private static final int SHOWN_CHARACTERS = 60;

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
        return repeated(query).map(name -> "The parameter %s is given more than once".formatted(name));
    }

    /** One program takes the first, another one the last: neither knows what the other allowed. */
    private static Optional<String> repeated(String query) {
        return new QueryStringDecoder(query, StandardCharsets.UTF_8, false)
                .parameters().entrySet().stream()
                        .filter(given -> given.getValue().size() > 1 && !LISTS.contains(given.getKey()))
                        .map(given -> ForeignText.quoted(given.getKey(), SHOWN_CHARACTERS))
                        .findFirst();
    }

    private static boolean isChunked(List<String> encodings) {
        return encodings.size() == 1 && encodings.getFirst().strip().equalsIgnoreCase("chunked");
    }
}
