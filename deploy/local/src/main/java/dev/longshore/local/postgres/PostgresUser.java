package dev.longshore.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL runs. It refuses root, so root's PostgreSQL runs as nobody; and it must not outlive this process,
 * so the kernel is asked to interrupt it when the thread that started it ends.
 */
final class PostgresUser {

    private static final String NOBODY = "65534";
    private static final long DAC_OVERRIDE = 1L << 1;
    private static final long DAC_READ_SEARCH = 1L << 2;

    private PostgresUser() {}

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** What to put before a command of PostgreSQL that works in {@code data}. */
    static List<String> prefix(Path binaries, Path data) throws IOException {
        var setpriv = Path.of("/usr/bin/setpriv");
        if (!Files.isExecutable(setpriv)) {
            if (isRoot()) {
                throw new IOException("PostgreSQL does not run as root, and there is no setpriv to become another user"
                        + " (Debian: apt-get install util-linux)");
            }
            return List.of();
        }
        // SIGINT is PostgreSQL's fast shutdown: clients are sent away, everything is written.
        var prefix = new ArrayList<>(List.of(setpriv.toString(), "--pdeathsig", "INT"));
        if (isRoot()) {
            prefix.addAll(List.of("--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
            if (!reachableByOthers(binaries) || !reachableByOthers(data.resolveSibling("."))) {
                // Root's home folder is closed to others; this lets nobody pass through it without opening it.
                var capability = passCapability();
                prefix.addAll(List.of("--inh-caps", "+" + capability, "--ambient-caps", "+" + capability));
                // Without this bit access(2), with which PostgreSQL looks for its own programs, ignores capabilities.
                prefix.addAll(List.of("--securebits", "+no_setuid_fixup"));
            }
        }
        return prefix;
    }

    /** Gives a file or folder to the user that PostgreSQL runs as. */
    static void give(Path path) throws IOException {
        if (isRoot()) {
            var lookup = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, lookup.lookupPrincipalByName(NOBODY));
        }
    }

    private static boolean reachableByOthers(Path path) throws IOException {
        for (var folder = path.toRealPath(); folder != null; folder = folder.getParent()) {
            if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                    .contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static String passCapability() throws IOException {
        var capabilities = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("CapEff:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
        if ((capabilities & DAC_READ_SEARCH) != 0) {
            return "dac_read_search";
        }
        if ((capabilities & DAC_OVERRIDE) != 0) {
            return "dac_override";
        }
        throw new IOException("PostgreSQL runs as nobody, who cannot reach LONGSHORE_HOME or LONGSHORE_CACHE:"
                + " set both to folders whose parents others may pass through");
    }
}
