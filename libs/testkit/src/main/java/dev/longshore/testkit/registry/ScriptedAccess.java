package dev.longshore.testkit.registry;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is let in: everyone with the password, or with a token for the repository that the password was changed into. */
final class ScriptedAccess {

    private final String expected;
    private final @Nullable URI realm;
    private final Duration life;
    private final Map<String, Granted> tokens = new ConcurrentHashMap<>();

    private record Granted(List<String> scopes, Instant until) {}

    private ScriptedAccess(String username, String password, @Nullable URI realm, Duration life) {
        var pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.expected = "Basic " + Base64.getEncoder().encodeToString(pair);
        this.realm = realm;
        this.life = life;
    }

    static ScriptedAccess basic(String username, String password) {
        return new ScriptedAccess(username, password, null, Duration.ZERO);
    }

    static ScriptedAccess tokens(URI realm, String username, String password, Duration life) {
        return new ScriptedAccess(username, password, realm, life);
    }

    Reply token(Recorded request) {
        if (request.header("Authorization").filter(expected::equals).isEmpty()) {
            return Reply.json(401, "{\"details\":\"incorrect username or password\"}");
        }
        var scopes = Stream.of(request.query().split("&"))
                .filter(parameter -> parameter.startsWith("scope="))
                .map(parameter -> URLDecoder.decode(parameter.substring(6), StandardCharsets.UTF_8))
                .toList();
        var token = "token-" + tokens.size();
        tokens.put("Bearer " + token, new Granted(scopes, Instant.now().plus(life)));
        return Reply.json(200, "{\"token\":\"%s\",\"expires_in\":%d}".formatted(token, life.toSeconds()));
    }

    Optional<Reply> refusal(Recorded request) {
        var authorization = request.header("Authorization").orElse("");
        var allowed = realm == null ? authorization.equals(expected) : isGranted(authorization, request);
        return allowed
                ? Optional.empty()
                : Optional.of(Reply.error(401, "UNAUTHORIZED", "authentication required")
                        .with("WWW-Authenticate", challenge(request)));
    }

    private boolean isGranted(String authorization, Recorded request) {
        var granted = tokens.get(authorization);
        return granted != null
                && granted.until().isAfter(Instant.now())
                && (scope(request).isEmpty() || granted.scopes().stream().anyMatch(each -> covers(each, request)));
    }

    private static boolean covers(String granted, Recorded request) {
        var needed = scope(request);
        var colon = needed.lastIndexOf(':');
        return granted.startsWith(needed.substring(0, colon + 1))
                && List.of(granted.substring(granted.lastIndexOf(':') + 1).split(","))
                        .containsAll(List.of(needed.substring(colon + 1).split(",")));
    }

    private String challenge(Recorded request) {
        if (realm == null) {
            return "Basic realm=\"scripted\"";
        }
        var scope = scope(request);
        return "Bearer realm=\"%s\",service=\"scripted\"%s"
                .formatted(realm, scope.isEmpty() ? "" : ",scope=\"" + scope + "\"");
    }

    private static String scope(Recorded request) {
        if (request.path().equals("/v2/_catalog")) {
            return "registry:catalog:*";
        }
        var repository = ScriptedRoutes.repository(request.path());
        if (repository.isEmpty()) {
            return "";
        }
        var rights = switch (request.method()) {
            case "GET", "HEAD" -> "pull";
            case "DELETE" -> request.path().contains("/uploads/") ? "pull,push" : "delete";
            default -> "pull,push";
        };
        return "repository:" + repository + ":" + rights;
    }
}
