package dev.longshore.push;

import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.LocalInfra;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The real broker and database, and the keys of an installation. */
public class Infra implements QuarkusTestResourceLifecycleManager {

    static final LocalInfra LOCAL = LocalInfra.shared("push");
    static final Path HOME = InternalTokens.newHome();

    @Override
    public Map<String, String> start() {
        var properties = new HashMap<>(LOCAL.properties("push"));
        properties.put("longshore.home", HOME.toString());
        properties.put("quarkus.http.test-port", "0");
        return properties;
    }

    static String token() {
        return InternalTokens.in(HOME).administrator("push-service");
    }

    static String memberToken(String project) {
        return InternalTokens.in(HOME).member("mia", project, "push-service");
    }

    @Override
    public void stop() {}
}
