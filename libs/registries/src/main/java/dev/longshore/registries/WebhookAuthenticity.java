package dev.longshore.registries;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows a registry's static webhook secret, and the one before it while they are being exchanged. It may come as
 * {@code Authorization: Bearer}, as a basic password, in the header that the settings name, or in the path. Hashes are
 * compared, all of them each time, so that the time taken tells nothing.
 */
public final class WebhookAuthenticity {

    private static final String AUTHORIZATION = "Authorization";

    private final List<byte[]> secretHashes;
    private final String header;

    private WebhookAuthenticity(List<byte[]> secretHashes, String header) {
        this.secretHashes = secretHashes;
        this.header = header;
    }

    /** @param header where the secret is sent as it is; null if nowhere but in {@code Authorization} */
    public static WebhookAuthenticity of(String secret, @Nullable String previousSecret, @Nullable String header) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("A webhook secret is not empty");
        }
        var hashes = Stream.of(secret, previousSecret == null ? "" : previousSecret)
                .filter(each -> !each.isEmpty())
                .map(each -> hash(each.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new WebhookAuthenticity(hashes, header == null || header.isBlank() ? AUTHORIZATION : header);
    }

    /**
     * Whether a request bears the secret.
     *
     * @param headers all values of a header field, by its name in any case
     */
    public boolean accepts(Function<String, List<String>> headers, Optional<String> pathSecret) {
        var candidates = new ArrayList<byte[]>();
        headers.apply(AUTHORIZATION).forEach(value -> candidates.addAll(authorized(value)));
        if (!header.equalsIgnoreCase(AUTHORIZATION)) {
            headers.apply(header).forEach(value -> candidates.add(bytes(value)));
        }
        pathSecret.ifPresent(value -> candidates.add(value.getBytes(StandardCharsets.UTF_8)));
        var authentic = false;
        for (var candidate : candidates) {
            authentic |= isSecret(hash(candidate));
        }
        return authentic;
    }

    private boolean isSecret(byte[] candidate) {
        var found = false;
        for (var secret : secretHashes) {
            found |= MessageDigest.isEqual(secret, candidate);
        }
        return found;
    }

    private static List<byte[]> authorized(String value) {
        var space = value.indexOf(' ');
        var scheme = space < 0 ? "" : value.substring(0, space);
        var rest = space < 0 ? "" : value.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return List.of(bytes(rest));
        }
        if (scheme.equalsIgnoreCase("Basic")) {
            return basicPassword(rest).map(List::of).orElse(List.of());
        }
        // Some registries can only be given the header's whole value.
        return List.of(bytes(value));
    }

    private static Optional<byte[]> basicPassword(String encoded) {
        try {
            var pair = Base64.getDecoder().decode(encoded);
            for (var i = 0; i < pair.length; i++) {
                if (pair[i] == ':') {
                    return Optional.of(Arrays.copyOfRange(pair, i + 1, pair.length));
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The bytes as they were on the wire: servers give header fields one character a byte. */
    private static byte[] bytes(String value) {
        var isOneBytePerCharacter = value.chars().allMatch(c -> c <= 0xff);
        return value.getBytes(isOneBytePerCharacter ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static byte[] hash(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
