package dev.longshore.kit;

import dev.longshore.testkit.LocalInfra;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The real broker and database, for this module's tests. */
public class Infra implements QuarkusTestResourceLifecycleManager {

    static final LocalInfra LOCAL = LocalInfra.shared("kit");

    @Override
    public Map<String, String> start() {
        return new HashMap<>(LOCAL.properties("kit"));
    }

    @Override
    public void stop() {}
}
