package dev.longshore.gateway.suite;

import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.LocalInfra;
import dev.longshore.testkit.service.CredentialKeys;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/** What the gateway has around it: a real broker and database, its home, and a stand-in for the services. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    private LocalInfra infra;
    private StandIn standIn;
    private TestProvider provider;

    @Override
    public Map<String, String> start() {
        try {
            var home = InternalTokens.newHome();
            CredentialKeys.in(home);
            infra = LocalInfra.start("gateway");
            standIn = StandIn.start(infra);
            provider = new TestProvider();
            return properties(home);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("Could not start what the gateway needs", failure);
        }
    }

    private Map<String, String> properties(Path home) throws IOException {
        var properties = new HashMap<>(infra.properties("gateway"));
        properties.put("longshore.home", home.toString());
        properties.put("quarkus.http.test-port", "0");
        properties.put("longshore.traces.file", home.resolve("traces.jsonl").toString());
        properties.put("longshore.proxy.services.config", standIn.address());
        properties.put("longshore.proxy.services.push", standIn.address());
        properties.put("longshore.proxy.services.scan", standIn.address());
        properties.put("longshore.proxy.services.replication", "http://127.0.0.1:" + closedPort());
        properties.put("longshore.proxy.services.retention", standIn.silentAddress());
        properties.put("longshore.openapi.kept-for", "1ms");
        properties.put("longshore.sessions.remembered", "1s");
        properties.put("longshore.workloads.allow-private-addresses", "true");
        properties.put("longshore.workloads.remembered", "1s");
        properties.put("longshore.issuers.asked-at-most-every", "1s");
        properties.put("longshore.oidc.issuer", provider.url());
        properties.put("longshore.oidc.client-secret", TestProvider.CLIENT_SECRET);
        properties.put("longshore.oidc.allow-private-addresses", "true");
        properties.put("longshore.oidc.roles.auditors", "security");
        properties.put("test-provider.address", provider.url());
        // All classes sign in from the same address.
        properties.put("longshore.sessions.throttle.strangers-per-address", "40");
        properties.put("longshore.audit.refusal-window", "2s");
        properties.put("stand-in.address", standIn.address());
        return properties;
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void stop() {
        if (provider != null) {
            provider.close();
        }
        if (standIn != null) {
            standIn.close();
        }
        if (infra != null) {
            infra.close();
        }
    }
}
