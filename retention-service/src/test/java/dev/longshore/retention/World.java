package dev.longshore.retention;

import dev.longshore.events.ConfigEvent.Keep;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.RetentionRule;
import dev.longshore.events.ConfigEvent.RetentionScope;
import dev.longshore.events.ConfigEvent.Untagged;
import dev.longshore.events.InventoryEvent;
import dev.longshore.events.Topic;
import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.service.OtherServices;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The other services, as far as this one knows of them. */
final class World extends OtherServices {

    World() {
        super(setting("kafka.bootstrap.servers"));
    }

    /** Keeps the last pushed of the repositories, and what has had no tag for less than a day. */
    void policy(
            String name, String registry, String repositories, int lastPushed, @Nullable String schedule, String mode) {
        policyOf("default", name, registry, repositories, lastPushed, schedule, mode);
    }

    void policyOf(
            String project,
            String name,
            String registry,
            String repositories,
            int lastPushed,
            @Nullable String schedule,
            String mode) {
        tell(new RetentionPolicyConfigured(
                project,
                name,
                nextVersion(),
                new RetentionScope(List.of(registry), List.of(repositories)),
                List.of(new RetentionRule(List.of("**"), new Keep(lastPushed, null, null, null, null, null, null))),
                new Untagged(Duration.ofDays(1)),
                List.of("latest"),
                1,
                schedule,
                mode,
                true,
                false));
    }

    void untag(String registry, String repository, String tag) {
        forget(Topic.INVENTORY, InventoryEvent.tagKey(registry, repository, tag));
    }

    /** As the gateway would ask for somebody. */
    static RequestSpecification asking() {
        var token = InternalTokens.in(Path.of(setting("longshore.home"))).everywhere("mia", "retention-service");
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
