package dev.longshore.gateway.snap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.longshore.gateway.proxy.ServiceCalls;
import dev.longshore.gateway.proxy.ServiceCalls.Answer;
import dev.longshore.gateway.proxy.ServiceCalls.Asker;
import dev.longshore.gateway.proxy.domain.Service;
import dev.longshore.gateway.snap.domain.RegistryShapes;
import dev.longshore.gateway.snap.domain.SnapCode;
import dev.longshore.gateway.snap.domain.SnapException;
import dev.longshore.gateway.snap.domain.SnapRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** SNAP's registry configurations are our registries. */
@ApplicationScoped
public class SnapRegistries {

    private static final String REGISTRIES = "/api/v1/registries";
    private static final String LARGEST_PAGE = "?limit=500";

    private final ServiceCalls services;
    private final SnapConfig config;

    SnapRegistries(ServiceCalls services, SnapConfig config) {
        this.services = services;
        this.config = config;
    }

    /** Emits it as SNAP shows it. */
    public Uni<JsonNode> create(Asker asker, SnapRequest request) {
        var path = path(request.registry("name"));
        var made = RegistryShapes.created(request, config.allowPrivateAddresses());
        return services.call(asker, Service.CONFIG, "PUT", path, made, Map.of("If-None-Match", "*"))
                .map(answer -> RegistryShapes.shown(good(answer)));
    }

    public Uni<JsonNode> update(Asker asker, SnapRequest request) {
        var path = path(request.registry("name"));
        return services.call(asker, Service.CONFIG, "GET", path, null)
                .map(answer -> RegistryShapes.updated(request, good(answer)))
                .chain(changed -> services.call(asker, Service.CONFIG, "PUT", path, changed))
                .map(answer -> RegistryShapes.shown(good(answer)));
    }

    public Uni<Void> delete(Asker asker, SnapRequest request) {
        return services.call(asker, Service.CONFIG, "DELETE", path(request.registry("name")), null)
                .invoke(SnapRegistries::good)
                .replaceWithVoid();
    }

    /** All of them: SNAP has no pages. */
    public Uni<JsonNode> list(Asker asker) {
        var all = JsonNodeFactory.instance.arrayNode();
        var next = new AtomicReference<>("");
        return Multi.createBy()
                .repeating()
                .uni(() -> page(asker, next.get()))
                .whilst(page -> page.hasNonNull("next"))
                .invoke(page -> {
                    page.path("items").forEach(registry -> all.add(RegistryShapes.shown(registry)));
                    next.set("&cursor=" + URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8));
                })
                .collect()
                .last()
                .replaceWith(all);
    }

    /** Tries each step of reaching it; emits what was found. */
    public Uni<JsonNode> signIn(Asker asker, SnapRequest request) {
        var name = request.registry("registry_config_name");
        return services.call(
                        asker, Service.CONFIG, "POST", path(name) + "/diagnoses", JsonNodeFactory.instance.objectNode())
                .map(SnapRegistries::good)
                .invoke(SnapRegistries::requireReached);
    }

    private Uni<JsonNode> page(Asker asker, String cursor) {
        return services.call(asker, Service.CONFIG, "GET", REGISTRIES + LARGEST_PAGE + cursor, null)
                .map(SnapRegistries::good);
    }

    private static void requireReached(JsonNode diagnosis) {
        if (diagnosis.path("outcome").asText().equals("failed")) {
            var failed = diagnosis
                    .path("steps")
                    .valueStream()
                    .filter(step -> step.path("outcome").asText().equals("failed"))
                    .findFirst()
                    .map(step -> step.path("message").asText())
                    .orElse("");
            var isRefused = diagnosis.path("code").asText().equals("credentials-rejected");
            throw new SnapException(
                    isRefused ? SnapCode.AUTHENTICATION_FAILED : SnapCode.REGISTRY_CONNECTION_FAILED,
                    isRefused ? "The registry does not accept the credentials" : "The registry cannot be used",
                    failed);
        }
    }

    private static JsonNode good(Answer answer) {
        if (answer.isGood()) {
            return answer.body();
        }
        throw ServiceProblems.of(answer);
    }

    private static String path(String name) {
        return REGISTRIES + "/" + name;
    }
}
