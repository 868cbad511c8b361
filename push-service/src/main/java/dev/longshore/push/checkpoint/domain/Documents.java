package dev.longshore.push.checkpoint.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The few parts of an archive that are kept while it is read. */
public final class Documents {

    public static final String CONFIG = "config.dump";
    public static final String SPEC = "spec.dump";
    public static final String LOG = "dump.log";
    public static final String INVENTORY = "checkpoint/inventory.img";

    /** podman dumps its whole configuration. */
    private static final int LARGEST = 8 << 20;

    private static final int HEAD_OF_LOG = 16 << 10;
    private static final int HEAD_OF_IMAGE = 16;

    private final Map<String, byte[]> kept = new HashMap<>();

    /** How much of the entry is to be kept; 0 for most. */
    public int wanted(String name, long size) {
        return switch (name) {
            case CONFIG, SPEC -> {
                if (size > LARGEST) {
                    throw UnusableArchiveException.tooLarge("%s is larger than %d bytes".formatted(name, LARGEST));
                }
                yield (int) size;
            }
            case LOG -> HEAD_OF_LOG;
            case INVENTORY -> HEAD_OF_IMAGE;
            default -> isCore(name) && core().isEmpty() ? HEAD_OF_IMAGE : 0;
        };
    }

    public void keep(String name, byte[] content) {
        kept.put(name, content);
    }

    public Optional<byte[]> find(String name) {
        return Optional.ofNullable(kept.get(name));
    }

    /** The beginning of a process's state, which says on what processor it ran. */
    Optional<byte[]> core() {
        return kept.entrySet().stream()
                .filter(entry -> isCore(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isCore(String name) {
        return name.startsWith("checkpoint/core-") && name.endsWith(".img");
    }
}
