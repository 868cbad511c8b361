package dev.longshore.replication;

import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.LocalInfra;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The real broker and database, and the keys of an installation, for this module's tests. */
public class Infra implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        var properties = new HashMap<>(LocalInfra.shared("replication").properties("replication"));
        properties.put("longshore.home", InternalTokens.newHome().toString());
        return properties;
    }

    @Override
    public void stop() {}
}
