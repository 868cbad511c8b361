package dev.longshore.gateway.proxy.domain;

import static dev.longshore.gateway.proxy.domain.Service.CONFIG;
import static dev.longshore.gateway.proxy.domain.Service.PUSH;
import static dev.longshore.gateway.proxy.domain.Service.REPLICATION;
import static dev.longshore.gateway.proxy.domain.Service.RETENTION;
import static dev.longshore.gateway.proxy.domain.Service.SCAN;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which service owns a path: the API's table of resources, in code. What is not in it goes nowhere. */
public final class RoutingTable {

    private static final String API = "/api/v1/";

    private static final Map<String, Service> RESOURCES = Map.ofEntries(
            Map.entry("registries", CONFIG),
            Map.entry("scan-policies", CONFIG),
            Map.entry("exemptions", CONFIG),
            Map.entry("replication-rules", CONFIG),
            Map.entry("retention-policies", CONFIG),
            Map.entry("subscriptions", CONFIG),
            Map.entry("projects", CONFIG),
            Map.entry("freezes", CONFIG),
            Map.entry("config", CONFIG),
            Map.entry("images", PUSH),
            Map.entry("search", PUSH),
            Map.entry("inventory", PUSH),
            Map.entry("delivery-outcomes", PUSH),
            Map.entry("checkpoints", PUSH),
            Map.entry("pushes", PUSH),
            Map.entry("scans", SCAN),
            Map.entry("findings", SCAN),
            Map.entry("sboms", SCAN),
            Map.entry("decisions", SCAN),
            Map.entry("copies", REPLICATION),
            Map.entry("replicas", REPLICATION),
            Map.entry("retention-plans", RETENTION),
            Map.entry("restorations", RETENTION));

    /** {@code resource/name/sub-resource} that another service owns than the resource itself. */
    private static final Map<String, Service> SUB_RESOURCES = Map.of(
            "replication-rules/executions",
            REPLICATION,
            "replication-rules/preview",
            REPLICATION,
            "retention-policies/plans",
            RETENTION);

    private static final Map<String, Service> EXECUTIONS =
            Map.of("psh", PUSH, "scn", SCAN, "rep", REPLICATION, "ret", RETENTION);

    private RoutingTable() {}

    /** @param path as it was sent, without the query */
    public static Optional<Service> owner(String path) {
        if (!path.startsWith(API)) {
            return Optional.empty();
        }
        var segments = List.of(path.substring(API.length()).split("/", -1));
        var resource = segments.getFirst();
        if (resource.equals("executions")) {
            return segments.size() < 2 ? Optional.empty() : ofExecution(segments.get(1));
        }
        if (segments.size() >= 3) {
            var sub = Optional.ofNullable(SUB_RESOURCES.get(resource + "/" + segments.get(2)));
            if (sub.isPresent()) {
                return sub;
            }
        }
        return Optional.ofNullable(RESOURCES.get(resource));
    }

    /** Ids carry their service: {@code rep-…}. */
    private static Optional<Service> ofExecution(String id) {
        var hyphen = id.indexOf('-');
        return hyphen < 0 ? Optional.empty() : Optional.ofNullable(EXECUTIONS.get(id.substring(0, hyphen)));
    }
}
