package dev.longshore.gateway.snap.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A registry as SNAP writes it ({@code name, url, username, password, verify_ssl}), and as ours. */
public final class RegistryShapes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIALS = "credentials";
    private static final String HOSTS = "hosts";

    private RegistryShapes() {}

    /** A registry that is not there yet. SNAP knows no vendors: what it pushes to speaks the distribution protocol. */
    public static ObjectNode created(SnapRequest request, boolean allowPrivateAddresses) {
        var made = JSON.createObjectNode();
        made.put("vendor", "distribution");
        made.put("allowPrivateAddresses", allowPrivateAddresses);
        request.required("url");
        apply(request, made);
        return made;
    }

    /** A registry as it is, with what the request changes. A secret that is left out stays as it is. */
    public static ObjectNode updated(SnapRequest request, JsonNode known) {
        ObjectNode made = known.deepCopy();
        withoutSecrets(made);
        apply(request, made);
        return made;
    }

    /** As SNAP's callers see it; the password is never among it. */
    public static ObjectNode shown(JsonNode registry) {
        var shown = JSON.createObjectNode();
        shown.put("name", registry.path("name").asText());
        shown.put("url", registry.path("url").asText());
        shown.put("username", registry.path(CREDENTIALS).path("username").asText(""));
        shown.put("verify_ssl", registry.path("tls").path("verify").asBoolean(true));
        return shown;
    }

    private static void apply(SnapRequest request, ObjectNode registry) {
        var verify = request.flag("verify_ssl");
        verify.ifPresent(flag -> object(registry, "tls").put("verify", flag));
        request.text("url").ifPresent(url -> {
            var before = registry.path("url").asText();
            registry.put("url", address(url, verify.orElse(true)));
            if (hosts(registry).equals(authority(before).stream().toList())) {
                registry.remove(HOSTS);
            }
        });
        request.text("username")
                .ifPresent(username ->
                        object(registry, CREDENTIALS).put("type", "basic").put("username", username));
        request.text("password")
                .ifPresent(password -> object(registry, CREDENTIALS).put("password", password));
    }

    /** SNAP's callers leave the scheme out; what is not to be verified is taken for plain HTTP then. */
    static String address(String url, boolean verify) {
        return url.contains("://") ? url : (verify ? "https://" : "http://") + url;
    }

    private static void withoutSecrets(ObjectNode registry) {
        object(registry, CREDENTIALS).remove(List.of("password", "token"));
        object(registry, "tls").remove("clientKey");
        object(registry, "webhook").remove(List.of("secret", "previousSecret"));
    }

    private static List<String> hosts(JsonNode registry) {
        return registry.path(HOSTS).valueStream().map(JsonNode::asText).toList();
    }

    private static Optional<String> authority(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getRawAuthority());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        return parent.path(field) instanceof ObjectNode known ? known : parent.putObject(field);
    }
}
