package dev.longshore.config.registry;

import dev.longshore.config.domain.Content;
import dev.longshore.config.domain.GivenSecret;
import dev.longshore.config.domain.RegistryDraft;
import dev.longshore.config.domain.RegistryDraft.Fate;
import dev.longshore.config.domain.RegistryParser;
import dev.longshore.config.domain.RegistrySpec;
import dev.longshore.config.domain.SecretField;
import dev.longshore.config.domain.Stored;
import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.events.ConfigEvent.Secret;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.registries.ConfiguredRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Seals a registry's secrets to its name, address and the version of its secrets. When one of those changes, those that
 * stay are sealed anew with it.
 */
@ApplicationScoped
public class SecretSealing {

    private final Secrets secrets;

    SecretSealing(Secrets secrets) {
        this.secrets = secrets;
    }

    /** @throws InvalidSpecException with {@code secret-required} if one is missing */
    public Content seal(String registry, RegistryDraft draft, Optional<Stored> before) {
        var work = new Work(registry, draft.spec(), before);
        var fates = draft.fates(work.specBefore, work.stored.keySet());
        if (work.isAsBefore(fates)) {
            return Content.of(draft.spec(), work.stored, work.versionBefore);
        }
        var version = work.versionBefore + 1;
        var sealed = new EnumMap<SecretField, Secret>(SecretField.class);
        fates.forEach((field, fate) -> sealed.put(field, work.sealed(field, fate, version)));
        return Content.of(draft.spec(), sealed, version);
    }

    private final class Work {

        private final String registry;
        private final RegistrySpec spec;
        private final @Nullable RegistrySpec specBefore;
        private final Map<SecretField, Secret> stored;
        private final long versionBefore;

        Work(String registry, RegistrySpec spec, Optional<Stored> before) {
            this.registry = registry;
            this.spec = spec;
            this.specBefore = before.map(is ->
                            RegistryParser.parse(registry, is.content().spec()).spec())
                    .orElse(null);
            this.stored = before.map(is -> is.content().secrets()).orElse(Map.of());
            this.versionBefore = before.map(is -> is.content().secretsVersion()).orElse(0L);
        }

        boolean isAsBefore(Map<SecretField, Fate> fates) {
            return Set.copyOf(fates.keySet()).equals(stored.keySet())
                    && bindingsStay()
                    && fates.entrySet().stream().allMatch(fate -> stays(fate.getKey(), fate.getValue()));
        }

        Secret sealed(SecretField field, Fate fate, long version) {
            return switch (fate) {
                case Fate.Replace(GivenSecret.Value(var plain)) -> sealed(field, plain, version);
                case Fate.Replace(GivenSecret.FromFile(var name)) -> new Secret(null, name, null);
                case Fate.Replace(GivenSecret.FromEnv(var name)) -> new Secret(null, null, name);
                case Fate.Replace _, Fate.Keep _ -> {
                    var kept = stored(field);
                    yield kept.sealed() == null ? kept : sealed(field, open(field), version);
                }
            };
        }

        private boolean bindingsStay() {
            return specBefore != null
                    && ConfiguredRegistry.binding(registry, specBefore.url(), versionBefore, "")
                            .equals(ConfiguredRegistry.binding(registry, spec.url(), versionBefore, ""));
        }

        private boolean stays(SecretField field, Fate fate) {
            return switch (fate) {
                case Fate.Replace(GivenSecret.Value(var plain)) ->
                    stored(field).sealed() != null && isStill(field, plain);
                case Fate.Replace(GivenSecret.FromFile(var name)) ->
                    name.equals(stored(field).fromFile());
                case Fate.Replace(GivenSecret.FromEnv(var name)) ->
                    name.equals(stored(field).fromEnv());
                case Fate.Replace _, Fate.Keep _ -> true;
            };
        }

        private boolean isStill(SecretField field, String plain) {
            try {
                return MessageDigest.isEqual(
                        plain.getBytes(StandardCharsets.UTF_8),
                        secrets.open(stored(field), binding(specBefore, field)).getBytes(StandardCharsets.UTF_8));
            } catch (SecretException _) {
                return false;
            }
        }

        private String open(SecretField field) {
            try {
                return secrets.open(stored(field), binding(specBefore, field));
            } catch (SecretException _) {
                throw new InvalidSpecException(
                        ErrorCode.SECRET_REQUIRED,
                        field.pointer(),
                        "The stored secret %s does not open any more: give it again".formatted(field.pointer()));
            }
        }

        private Secret sealed(SecretField field, String plain, long version) {
            var binding = ConfiguredRegistry.binding(registry, spec.url(), version, field.sealName());
            return new Secret(secrets.seal(plain, binding), null, null);
        }

        private String binding(@Nullable RegistrySpec bound, SecretField field) {
            var url = bound == null ? spec.url() : bound.url();
            return ConfiguredRegistry.binding(registry, url, versionBefore, field.sealName());
        }

        private Secret stored(SecretField field) {
            return Optional.ofNullable(stored.get(field))
                    .orElseThrow(() -> new IllegalStateException("No " + field + " is stored"));
        }
    }
}
