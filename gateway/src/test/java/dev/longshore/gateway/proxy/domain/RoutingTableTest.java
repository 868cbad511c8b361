package dev.longshore.gateway.proxy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/registries, CONFIG",
        "/api/v1/registries/left, CONFIG",
        "/api/v1/registries/left/diagnoses, CONFIG",
        "/api/v1/scan-policies/strict, CONFIG",
        "/api/v1/exemptions/log4j, CONFIG",
        "/api/v1/replication-rules, CONFIG",
        "/api/v1/replication-rules/mirror, CONFIG",
        "/api/v1/replication-rules/executions, CONFIG",
        "/api/v1/replication-rules/mirror/executions, REPLICATION",
        "/api/v1/replication-rules/mirror/preview, REPLICATION",
        "/api/v1/freezes/installation, CONFIG",
        "/api/v1/config/republications, CONFIG",
        "/api/v1/images, PUSH",
        "/api/v1/search, PUSH",
        "/api/v1/inventory, PUSH",
        "/api/v1/delivery-outcomes, PUSH",
        "/api/v1/scans, SCAN",
        "/api/v1/scans/scn-1/report, SCAN",
        "/api/v1/findings, SCAN",
        "/api/v1/sboms, SCAN",
        "/api/v1/decisions, SCAN",
        "/api/v1/copies, REPLICATION",
        "/api/v1/replicas, REPLICATION",
        "/api/v1/retention-policies/old, CONFIG",
        "/api/v1/retention-policies/old/plans, RETENTION",
        "/api/v1/retention-plans/17, RETENTION",
        "/api/v1/executions/psh-1, PUSH",
        "/api/v1/executions/scn-1/tasks, SCAN",
        "/api/v1/executions/rep-1/stop, REPLICATION",
        "/api/v1/executions/ret-1/retry, RETENTION",
    })
    void knowsTheOwner(String path, Service owner) {
        assertThat(RoutingTable.owner(path)).contains(owner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/q/metrics",
                "/q/health",
                "/api/v1",
                "/api/v1/",
                "/api/v1/q/metrics",
                "/api/v2/registries",
                "/api/v1/sessions",
                "/api/v1/sessions/current",
                "/api/v1/deliveries",
                "/api/v1/audit",
                "/api/v1/progress",
                "/api/v1/executions",
                "/api/v1/executions/xyz-1",
                "/api/v1/executions/psh",
                "/api/v1/Registries",
                "/registries",
                "/webhooks/registries"
            })
    void sendsNothingElseAnywhere(String path) {
        assertThat(RoutingTable.owner(path)).isEmpty();
    }
}
