package dev.longshore.config.domain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.config.domain.input.Choices;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.SealedCredentials;
import dev.longshore.events.ConfigEvent.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A resource as it is configured now. */
public record Stored(
        Kind kind, String name, long version, Content content, Instant createdAt, Instant updatedAt, String updatedBy) {

    /** As answers and audit entries show it: of a secret only that there is one, or where it is read from. */
    public ObjectNode shown() {
        var shown = JsonNodeFactory.instance.objectNode();
        shown.put("name", name);
        shown.put("version", version);
        shown.setAll(content.spec().deepCopy());
        content.secrets().forEach((field, secret) -> {
            var path = field.path();
            ((ObjectNode) shown.get(path.getFirst())).set(path.getLast(), reference(secret));
        });
        shown.put("createdAt", createdAt.toString());
        shown.put("updatedAt", updatedAt.toString());
        shown.put("updatedBy", updatedBy);
        return shown;
    }

    public Map<String, Object> audited() {
        return SpecJson.map(shown());
    }

    /** What the other services are told. */
    public ConfigEvent event() {
        var spec = content.spec();
        return switch (kind) {
            case REGISTRY -> registryEvent(RegistryParser.parse(name, spec).spec());
            case SCAN_POLICY -> ScanPolicySpec.parse(name, spec).event(name, version);
            case EXEMPTION -> ExemptionSpec.parse(name, spec).event(name, version);
            case REPLICATION_RULE -> ReplicationRuleSpec.parse(name, spec).event(name, version);
            case RETENTION_POLICY -> RetentionPolicySpec.parse(name, spec).event(name, version);
            case FREEZE -> FreezeSpec.parse(name, spec).event(name, version, updatedBy, updatedAt);
            case PROJECT -> ProjectSpec.parse(name, spec).event(name, version);
        };
    }

    public RegistryConfigured registryEvent(RegistrySpec spec) {
        var credentials = spec.credentials();
        var settings =
                credentials.username() == null ? Map.<String, String>of() : Map.of("username", credentials.username());
        var secrets = Stream.of(SecretField.PASSWORD, SecretField.TOKEN)
                .filter(content.secrets()::containsKey)
                .collect(Collectors.toMap(SecretField::sealName, content.secrets()::get));
        return new RegistryConfigured(
                spec.project(),
                name,
                version,
                spec.vendor().toString(),
                spec.url(),
                spec.hosts(),
                Choices.text(spec.mode()),
                new SealedCredentials(Choices.text(credentials.type()), content.secretsVersion(), settings, secrets),
                new ConfigEvent.Tls(
                        spec.tls().verify(),
                        spec.tls().caBundle(),
                        spec.tls().clientCertificate(),
                        content.secrets().get(SecretField.CLIENT_KEY)),
                new ConfigEvent.Webhook(
                        content.secrets().get(SecretField.WEBHOOK_SECRET),
                        content.secrets().get(SecretField.PREVIOUS_WEBHOOK_SECRET),
                        spec.webhook().header()),
                spec.reconcileEvery(),
                spec.repositories(),
                spec.limits(),
                spec.allowPrivateAddresses());
    }

    private static ObjectNode reference(Secret secret) {
        var node = JsonNodeFactory.instance.objectNode();
        Optional.ofNullable(secret.fromFile()).ifPresent(file -> node.put("fromFile", file));
        Optional.ofNullable(secret.fromEnv()).ifPresent(variable -> node.put("fromEnv", variable));
        return node.isEmpty() ? node.put("set", true) : node;
    }
}
