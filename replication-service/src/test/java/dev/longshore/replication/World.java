package dev.longshore.replication;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.ImageDecided;
import dev.longshore.events.ReplicationEvent;
import dev.longshore.events.Topic;
import dev.longshore.oci.Digest;
import dev.longshore.replication.domain.TestRule;
import dev.longshore.testkit.InternalTokens;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.service.OtherServices;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The other services, as far as this one knows of them. */
final class World extends OtherServices {

    World() {
        super(setting("kafka.bootstrap.servers"));
    }

    void rule(String name, TestRule rule) {
        tell(rule.configured(name, nextVersion(), true, null));
    }

    void decided(String registry, String repository, TestImage image, Action action) {
        tell(new ImageDecided(
                "default",
                registry,
                repository,
                Digest.parse(image.digest()),
                action,
                List.of(),
                List.of(),
                Instant.now(),
                nextVersion()));
    }

    /** What the service said so far of copies. */
    List<ReplicationEvent> replications() {
        return said(Topic.REPLICATIONS, ReplicationEvent.class);
    }

    List<AuditEvent> audit() {
        return said(Topic.AUDIT, AuditEvent.class);
    }

    /** As the gateway would ask for somebody. */
    static RequestSpecification asking() {
        var token = InternalTokens.in(Path.of(setting("longshore.home"))).everywhere("mia", "replication-service");
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
