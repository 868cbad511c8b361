package dev.longshore.oci.client;

import dev.longshore.testkit.registry.ScriptedRegistry;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;

class ScriptedRegistryContractTest extends RegistryContractTest {

    private final ScriptedRegistry registry = ScriptedRegistry.start().withPageSize(10);

    @Override
    URI uri() {
        return registry.uri();
    }

    @AfterAll
    void stop() {
        registry.close();
    }
}
