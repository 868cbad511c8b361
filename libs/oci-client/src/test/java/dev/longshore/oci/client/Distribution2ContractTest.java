package dev.longshore.oci.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.testkit.registry.RegistryProcess;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class Distribution2ContractTest extends RegistryContractTest {

    private RegistryProcess registry;

    @BeforeAll
    void start() {
        assumeTrue(RegistryProcess.isAvailable(RegistryProcess.Kind.DISTRIBUTION_2));
        registry = RegistryProcess.of(RegistryProcess.Kind.DISTRIBUTION_2).start();
    }

    @Override
    URI uri() {
        return registry.uri();
    }

    @Override
    boolean hasReferrers() {
        return false;
    }

    @Override
    boolean deletesTags() {
        return false;
    }

    @AfterAll
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }
}
