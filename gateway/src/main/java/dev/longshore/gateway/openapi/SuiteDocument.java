package dev.longshore.gateway.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.gateway.openapi.domain.MergedDocument;
import dev.longshore.gateway.openapi.domain.MergedDocument.Part;
import dev.longshore.gateway.proxy.Services;
import dev.longshore.gateway.proxy.domain.RoutingTable;
import dev.longshore.gateway.proxy.domain.Service;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The API of the whole suite in one document. A service that is down is described as it last described itself. */
@ApplicationScoped
public class SuiteDocument {

    private static final Logger LOG = Logger.getLogger(SuiteDocument.class);

    private final Services services;
    private final OpenApiDocumentService own;
    private final ObjectMapper mapper;
    private final OpenApiConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Map<Service, JsonNode> lastGood = new ConcurrentHashMap<>();
    private volatile Optional<Fresh> fresh = Optional.empty();

    private record Fresh(ObjectNode document, Instant until) {}

    SuiteDocument(Services services, OpenApiDocumentService own, ObjectMapper mapper, OpenApiConfig config) {
        this.services = services;
        this.own = own;
        this.mapper = mapper;
        this.config = config;
    }

    /** Asks the services at most once in a while. */
    public Uni<ObjectNode> current() {
        var known = fresh.filter(each -> clock.instant().isBefore(each.until()));
        return known.map(each -> Uni.createFrom().item(each.document())).orElseGet(this::ask);
    }

    private Uni<ObjectNode> ask() {
        var questions = Stream.of(Service.values()).map(this::ask).toList();
        return Uni.join().all(questions).andCollectFailures().map(_ -> merge());
    }

    private Uni<Boolean> ask(Service service) {
        return UniHelper.toUni(services.text(service, "/q/openapi?format=json"))
                .ifNoItem()
                .after(config.patience())
                .fail()
                .map(text -> lastGood.put(service, read(text)))
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> LOG.debugf("%s does not describe itself: %s", service, failure))
                .onFailure()
                .recoverWithItem(false);
    }

    private ObjectNode merge() {
        var gateway = read(new String(own.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON), UTF_8));
        var parts = new ArrayList<Part>();
        parts.add(new Part("gateway", gateway, SuiteDocument::isOwn));
        for (var service : Service.values()) {
            Optional.ofNullable(lastGood.get(service))
                    .map(document -> new Part(service.toString(), document, path -> isOf(service, path)))
                    .ifPresent(parts::add);
        }
        var merged = MergedDocument.of(gateway.path("info"), parts);
        fresh = Optional.of(new Fresh(merged, clock.instant().plus(config.keptFor())));
        return merged;
    }

    private static boolean isOf(Service service, String path) {
        return RoutingTable.owner(path).filter(service::equals).isPresent() || isExecutions(path);
    }

    private static boolean isOwn(String path) {
        return !isExecutions(path) && RoutingTable.owner(path).isEmpty();
    }

    /** Each service answers these for its own; they are described alike. */
    private static boolean isExecutions(String path) {
        return path.equals("/api/v1/executions") || path.startsWith("/api/v1/executions/");
    }

    private JsonNode read(String text) {
        try {
            return mapper.readTree(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
