package dev.longshore.push.checkpoint.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds up what an archive holds, by what it says about the container. */
public final class Contents {

    private static final int MOST_NAMES = 200;
    private static final Set<String> LOGS =
            Set.of("ctr.log", "container.log", Documents.LOG, "io.kubernetes.cri-o.LogPath");

    private final Map<Leak.Kind, Long> sizes = new EnumMap<>(Leak.Kind.class);
    private final Map<Leak.Kind, List<String>> names = new EnumMap<>(Leak.Kind.class);
    private Instant newest = Instant.EPOCH;
    private boolean hasStatusDump;

    public void add(String name, long size, Instant modified) {
        newest = modified.isAfter(newest) ? modified : newest;
        hasStatusDump |= name.equals("status.dump");
        if (name.startsWith("checkpoint/pages-")) {
            grow(Leak.Kind.MEMORY, size);
        } else if (name.startsWith("checkpoint/tmpfs-")) {
            grow(Leak.Kind.TEMPORARY_FILESYSTEMS, size);
        } else if (name.equals("rootfs-diff.tar")) {
            grow(Leak.Kind.ROOT_FILESYSTEM, size);
        } else if (name.equals("devshm-checkpoint.tar")) {
            grow(Leak.Kind.SHARED_MEMORY, size);
        } else if (name.startsWith("volumes/") && name.endsWith(".tar")) {
            grow(Leak.Kind.VOLUMES, size);
            name(Leak.Kind.VOLUMES, name.substring("volumes/".length(), name.length() - ".tar".length()));
        } else if (LOGS.contains(name)) {
            grow(Leak.Kind.LOGS, size);
            name(Leak.Kind.LOGS, name);
        }
    }

    long size(Leak.Kind kind) {
        return sizes.getOrDefault(kind, 0L);
    }

    /** When the last entry was written: podman says nowhere when it made the checkpoint. */
    Instant newest() {
        return newest;
    }

    boolean hasStatusDump() {
        return hasStatusDump;
    }

    List<Leak> leaks(List<String> secretVariables) {
        var leaks = new ArrayList<Leak>();
        if (!secretVariables.isEmpty()) {
            leaks.add(new Leak(Leak.Kind.ENVIRONMENT, 0, secretVariables));
        }
        sizes.forEach((kind, size) -> leaks.add(new Leak(kind, size, names.getOrDefault(kind, List.of()))));
        return List.copyOf(leaks);
    }

    private void grow(Leak.Kind kind, long size) {
        sizes.merge(kind, size, Long::sum);
    }

    private void name(Leak.Kind kind, String name) {
        var known = names.computeIfAbsent(kind, _ -> new ArrayList<>());
        if (known.size() < MOST_NAMES) {
            known.add(name);
        }
    }
}
