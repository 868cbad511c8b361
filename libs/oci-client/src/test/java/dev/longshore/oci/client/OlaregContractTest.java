package dev.longshore.oci.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.testkit.registry.RegistryProcess;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OlaregContractTest extends RegistryContractTest {

    private RegistryProcess registry;

    @BeforeAll
    void start() {
        assumeTrue(RegistryProcess.isAvailable(RegistryProcess.Kind.OLAREG));
        registry = RegistryProcess.of(RegistryProcess.Kind.OLAREG).start();
    }

    @Override
    URI uri() {
        return registry.uri();
    }

    @Override
    boolean hasCatalogue() {
        return false;
    }

    @AfterAll
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }
}
