package dev.longshore.config.suite;

import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.LocalInfra;
import dev.longshore.testkit.service.CredentialKeys;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What config-service has around it: a real broker, a real database, its home with keys. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    private final LocalInfra infra = LocalInfra.shared("config");

    @Override
    public Map<String, String> start() {
        try {
            var home = InternalTokens.newHome();
            CredentialKeys.in(home);
            Files.createDirectories(home.resolve("secrets"));
            Files.writeString(home.resolve("secrets/left-password"), "from-a-file\n");
            var properties = new HashMap<>(infra.properties("config"));
            properties.put("longshore.home", home.toString());
            properties.put("quarkus.http.test-port", "0");
            properties.put("quarkus.log.file.enable", "true");
            properties.put("quarkus.log.file.path", home.resolve("service.log").toString());
            return properties;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("Could not start what config-service needs", failure);
        }
    }

    /** Tests live in another class loader: what they are given is of the JDK. */
    @Override
    public void inject(TestInjector injector) {
        Consumer<String> orders = order -> {
            switch (order) {
                case "stop kafka" -> infra.stopKafka();
                case "start kafka" -> infra.startKafka();
                case "stop postgres" -> infra.stopPostgres();
                case "start postgres" -> infra.startPostgres();
                default -> throw new IllegalArgumentException(order);
            }
        };
        injector.injectIntoFields(orders, new TestInjector.MatchesType(Consumer.class));
    }

    @Override
    public void stop() {
        // The broker and the database end with this JVM.
    }
}
