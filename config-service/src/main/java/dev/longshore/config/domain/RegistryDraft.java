package dev.longshore.config.domain;

import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.config.domain.input.Violation;
import dev.longshore.events.ErrorCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody wants a registry to be, and what they said of its secrets. */
public record RegistryDraft(RegistrySpec spec, Map<SecretField, GivenSecret> secrets) {

    /** What becomes of a registry's secrets: those that are not mentioned are dropped. */
    public sealed interface Fate {
        record Keep() implements Fate {}

        record Replace(GivenSecret given) implements Fate {}
    }

    /**
     * Decides about each secret.
     *
     * @param before the registry as it is; null if it is new
     * @param stored the secrets that it has
     * @throws InvalidSpecException with {@code secret-required} if one is missing, or would move to another address
     */
    public Map<SecretField, Fate> fates(@Nullable RegistrySpec before, Set<SecretField> stored) {
        var fates = new EnumMap<SecretField, Fate>(SecretField.class);
        var missing = new ArrayList<Violation>();
        for (var field : SecretField.values()) {
            if (field.isPossibleIn(spec)) {
                var given = secrets.getOrDefault(field, new GivenSecret.Kept(false));
                fate(field, given, before, stored, missing).ifPresent(fate -> fates.put(field, fate));
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidSpecException(missing);
        }
        return fates;
    }

    private Optional<Fate> fate(
            SecretField field,
            GivenSecret given,
            @Nullable RegistrySpec before,
            Set<SecretField> stored,
            List<Violation> missing) {
        return switch (given) {
            case GivenSecret.Value _, GivenSecret.FromFile _, GivenSecret.FromEnv _ ->
                Optional.of(new Fate.Replace(given));
            case GivenSecret.Removed _ -> {
                if (field.isNeededBy(spec)) {
                    missing.add(required(field, "%s is missing".formatted(field.pointer())));
                }
                yield Optional.empty();
            }
            case GivenSecret.Kept kept -> {
                if (before == null || !stored.contains(field)) {
                    if (field.isNeededBy(spec) || kept.saidSo()) {
                        missing.add(required(field, "%s is missing: none is stored".formatted(field.pointer())));
                    }
                    yield Optional.empty();
                }
                if (field.isSent() && spec.isElsewhereThan(before)) {
                    missing.add(required(
                            field,
                            "The registry moves from %s to %s: give %s again, so that it is not sent elsewhere by mistake"
                                    .formatted(before.origin(), spec.origin(), field.pointer())));
                }
                yield Optional.of(new Fate.Keep());
            }
        };
    }

    private static Violation required(SecretField field, String detail) {
        return new Violation(ErrorCode.SECRET_REQUIRED, field.pointer(), detail);
    }
}
