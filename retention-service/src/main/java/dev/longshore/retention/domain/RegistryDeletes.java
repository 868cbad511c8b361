package dev.longshore.retention.domain;

/**
 * What can be deleted at a registry, as far as that is known without trying.
 *
 * @param manifests false only if it is certain that it refuses; then nothing is deleted there, tags neither
 * @param tags whether a tag can be taken away from a manifest that stays
 */
public record RegistryDeletes(boolean manifests, boolean tags) {

    /** As the distribution specification has it: manifests, and with them all their tags. */
    public static final RegistryDeletes MANIFESTS_ONLY = new RegistryDeletes(true, false);

    public static final RegistryDeletes EVERYTHING = new RegistryDeletes(true, true);
    public static final RegistryDeletes NOTHING = new RegistryDeletes(false, false);
}
