package dev.longshore.benchmarks;

import dev.longshore.benchmarks.suite.Program;
import dev.longshore.testkit.Tools;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What took part, and which of it. */
final class Versions {

    private static final Set<String> DEBIAN = Set.of("docker-registry", "skopeo", "buildah");

    private Versions() {}

    static Map<String, String> of(Setting setting, String... programs) throws IOException, InterruptedException {
        var versions = new LinkedHashMap<String, String>();
        versions.put("longshore", commit(setting));
        versions.put("java", System.getProperty("java.runtime.version"));
        for (var program : programs) {
            versions.put(program, version(program));
        }
        return versions;
    }

    private static String commit(Setting setting) throws InterruptedException {
        try {
            return Program.run(
                    Map.of(), List.of("git", "-C", setting.root().toString(), "describe", "--always", "--dirty"));
        } catch (IOException _) {
            return "not from a git repository";
        }
    }

    /** Debian's tell it themselves; what is built here has it in its folder's name: …/crane-0.22.1/crane. */
    private static String version(String program) throws IOException, InterruptedException {
        if (!DEBIAN.contains(program)) {
            return Tools.path(program).toString().replaceAll("^.*-([^/]+)/[^/]+$", "$1");
        }
        var said = Program.run(Map.of(), List.of(program, "--version"));
        return said.lines().findFirst().orElse("").replaceAll("^.*?(v?\\d[^ ]*).*$", "$1");
    }
}
