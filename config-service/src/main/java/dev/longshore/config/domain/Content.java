package dev.longshore.config.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.events.ConfigEvent.Secret;
import java.util.Map;

/**
 * What a version of a resource says. Two versions that say the same are one.
 *
 * @param spec without secrets
 * @param secrets sealed, or by reference; empty but for registries
 * @param secretsVersion grows with every change of the secrets; part of what their seals bind
 */
public record Content(String project, ObjectNode spec, Map<SecretField, Secret> secrets, long secretsVersion) {

    public Content {
        secrets = Map.copyOf(secrets);
    }

    public static Content of(Spec spec) {
        return new Content(spec.project(), SpecJson.of(spec), Map.of(), 0);
    }

    public static Content of(Spec spec, Map<SecretField, Secret> secrets, long secretsVersion) {
        return new Content(spec.project(), SpecJson.of(spec), secrets, secretsVersion);
    }
}
