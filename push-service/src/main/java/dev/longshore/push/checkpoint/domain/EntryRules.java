package dev.longshore.push.checkpoint.domain;

import dev.longshore.oci.ForeignText;
import dev.longshore.push.checkpoint.domain.Entry.Kind;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * What an archive may hold. Runtimes unpack it as root, and had holes there (CVE-2024-8676 of CRI-O is one): whatever
 * could be written outside the folder that it is unpacked to is refused here.
 */
public final class EntryRules {

    private static final int LONGEST_NAME = 4096;
    private static final int LONGEST_QUOTE = 120;

    /** Two of them, and the runtime reads another than we have shown. */
    private static final Set<String> ONCE = Set.of(
            Documents.CONFIG,
            Documents.SPEC,
            Documents.LOG,
            Documents.INVENTORY,
            "status.dump",
            "status",
            "stats-dump",
            "network.status",
            "bind.mounts",
            "deleted.files",
            "rootfs-diff.tar",
            "devshm-checkpoint.tar",
            "descriptors.json");

    private final Set<String> seen = new HashSet<>();

    /** The entry's path within the archive, without {@code ./} before and {@code /} after; empty for its root. */
    public String accept(Entry entry) {
        var name = normalized(entry.name());
        switch (entry.kind()) {
            case FILE, FOLDER -> {}
            case SYMBOLIC_LINK -> checkLink(name, entry, parent(name));
            case HARD_LINK -> checkLink(name, entry, "");
            case OTHER ->
                throw UnusableArchiveException.unsafe(
                        "The entry %s is neither a file nor a folder: a device, a pipe or a sparse file"
                                .formatted(quote(name)));
        }
        if (ONCE.contains(name)) {
            checkMetadata(name, entry.kind());
        }
        return name;
    }

    private void checkMetadata(String name, Kind kind) {
        if (kind != Kind.FILE) {
            throw UnusableArchiveException.unsafe("The entry %s is not a plain file".formatted(quote(name)));
        }
        if (!seen.add(name)) {
            throw UnusableArchiveException.unsafe("The archive has %s twice".formatted(quote(name)));
        }
    }

    private static String normalized(String name) {
        if (name.length() > LONGEST_NAME) {
            throw UnusableArchiveException.unsafe(
                    "An entry's name has more than %d characters".formatted(LONGEST_NAME));
        }
        if (name.startsWith("/") || name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw UnusableArchiveException.unsafe(
                    "The entry %s has an absolute path, a backslash or a control character".formatted(quote(name)));
        }
        var path = new ArrayDeque<String>();
        for (var segment : name.split("/")) {
            if (segment.equals("..")) {
                throw UnusableArchiveException.unsafe("The entry %s leads out of the archive".formatted(quote(name)));
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                path.add(segment);
            }
        }
        return String.join("/", path);
    }

    private static void checkLink(String name, Entry entry, String from) {
        var target = entry.link();
        if (target == null || target.isEmpty() || target.startsWith("/") || leavesFrom(from, target)) {
            throw UnusableArchiveException.unsafe("The link %s leads out of the archive".formatted(quote(name)));
        }
    }

    private static boolean leavesFrom(String folder, String target) {
        int depth = folder.isEmpty() ? 0 : folder.split("/").length;
        for (var segment : target.split("/")) {
            if (segment.equals("..")) {
                depth--;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    private static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    static String quote(String text) {
        return ForeignText.quoted(text, LONGEST_QUOTE);
    }
}
