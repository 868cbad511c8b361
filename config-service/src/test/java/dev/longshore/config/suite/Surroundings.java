package dev.longshore.config.suite;

import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.LocalInfra;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/** What config-service has around it: a real broker, a real database, its home with keys. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            var home = Files.createTempDirectory("longshore-config-");
            InternalTokens.in(home);
            CredentialKeys.in(home);
            Files.createDirectories(home.resolve("secrets"));
            Files.writeString(home.resolve("secrets/left-password"), "from-a-file\n");
            var properties = new HashMap<>(LocalInfra.shared("config").properties("config"));
            properties.put("longshore.home", home.toString());
            properties.put("quarkus.http.test-port", "0");
            properties.put("quarkus.log.file.enable", "true");
            properties.put("quarkus.log.file.path", home.resolve("service.log").toString());
            return properties;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("Could not start what config-service needs", failure);
        }
    }

    @Override
    public void stop() {
        // The broker and the database end with this JVM.
    }
}
