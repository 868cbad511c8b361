package dev.longshore.replication;

import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.LocalInfra;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** The real broker and database, for this module's tests. */
public class Infra implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            var home = Files.createTempDirectory("longshore-home-");
            InternalTokens.in(home);
            var properties = new HashMap<>(LocalInfra.shared("replication").properties("replication"));
            properties.put("longshore.home", home.toString());
            return properties;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {}
}
