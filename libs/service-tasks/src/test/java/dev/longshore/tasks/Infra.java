package dev.longshore.tasks;

import dev.longshore.testkit.LocalInfra;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The real broker and database, for this module's tests. */
public class Infra implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return new HashMap<>(LocalInfra.shared("tasks").properties("tasks"));
    }

    @Override
    public void stop() {}
}
