package dev.longshore.gateway.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.door.ProblemAnswers;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.proxy.domain.ExecutionPages;
import dev.longshore.gateway.proxy.domain.Service;
import dev.longshore.gateway.token.InternalTokenWriter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The executions of all services in one list. Each is asked for a page; one that is away is named in the answer, and
 * asked for the same page again with the next.
 */
@ApplicationScoped
class ExecutionList {

    private static final String EXECUTIONS = "/api/v1/executions";
    private static final Logger LOG = Logger.getLogger(ExecutionList.class);
    private static final List<Service> ASKED =
            List.of(Service.PUSH, Service.SCAN, Service.REPLICATION, Service.RETENTION);

    private final Services services;
    private final InternalTokenWriter tokens;
    private final ProblemAnswers problems;
    private final ObjectMapper mapper;
    private final long patience;

    ExecutionList(
            Services services,
            InternalTokenWriter tokens,
            ProblemAnswers problems,
            ObjectMapper mapper,
            ProxyConfig config) {
        this.services = services;
        this.tokens = tokens;
        this.problems = problems;
        this.mapper = mapper;
        this.patience = config.listPatience().toMillis();
    }

    void handle(RoutingContext context, Identity session) {
        if (!ExecutionPages.isLimit(context.request().getParam("limit"))) {
            problems.answer(context, ErrorCode.INVALID_REQUEST, "'limit' is a number from 1 to 200");
            return;
        }
        var cursors = ExecutionPages.cursors(context.request().getParam("cursor"), ASKED);
        if (cursors.isEmpty()) {
            problems.answer(context, ErrorCode.INVALID_REQUEST, "The cursor is not one that a page gave as 'next'");
            return;
        }
        var pages = new EnumMap<Service, Future<JsonNode>>(Service.class);
        cursors.get().forEach((service, cursor) -> pages.put(service, page(context, session, service, cursor)));
        Future.join(new ArrayList<>(pages.values())).onComplete(_ -> answer(context, cursors.get(), pages));
    }

    private Future<JsonNode> page(RoutingContext context, Identity session, Service service, String cursor) {
        var request = context.request();
        var query = ExecutionPages.query(
                Optional.ofNullable(request.getParam("kind")), Optional.ofNullable(request.getParam("limit")), cursor);
        var address = request.remoteAddress().hostAddress();
        var page = services.request(service, HttpMethod.GET, EXECUTIONS + query)
                .map(onward -> onward.putHeader(
                        "Authorization",
                        "Bearer "
                                + tokens.token(
                                        session, service, address, HttpMethod.GET, EXECUTIONS, Optional.empty())))
                .compose(HttpClientRequest::send)
                .compose(response -> response.statusCode() == 200
                        ? response.body().map(body -> read(body.toString()))
                        : Future.failedFuture(service + " answered " + response.statusCode()));
        return page.timeout(patience, TimeUnit.MILLISECONDS);
    }

    private JsonNode read(String body) {
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not read a page of executions", failure);
        }
    }

    private void answer(RoutingContext context, Map<Service, String> cursors, Map<Service, Future<JsonNode>> pages) {
        var found = new EnumMap<Service, JsonNode>(Service.class);
        pages.forEach((service, page) -> {
            if (page.succeeded()) {
                found.put(service, page.result());
            } else {
                LOG.warnf("%s did not list its executions: %s", service, reason(page.cause()));
            }
        });
        if (found.isEmpty()) {
            problems.answer(context, ErrorCode.UNAVAILABLE, "No service that knows executions is there at this moment");
            return;
        }
        var merged = ExecutionPages.merge(
                cursors, found, Optional.ofNullable(context.request().getParam("state")));
        context.response()
                .putHeader("Content-Type", "application/json")
                .end(merged.toString())
                .onFailure(failure -> LOG.debugf("A caller is gone: %s", failure));
    }

    private static String reason(Throwable failure) {
        return failure instanceof TimeoutException ? "too slow" : String.valueOf(failure);
    }
}
