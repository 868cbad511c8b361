package dev.longshore.benchmarks;

import dev.longshore.benchmarks.suite.Program;
import dev.longshore.testkit.Tools;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What took part, and which of it. */
final class Versions {

    private static final Map<String, List<String>> QUESTIONS = Map.of(
            "docker-registry", List.of("docker-registry", "--version"),
            "skopeo", List.of("skopeo", "--version"),
            "buildah", List.of("buildah", "--version"),
            "crane", List.of("@crane", "version"),
            "regctl", List.of("@regctl", "version", "--format", "{{ .VCSTag }}"),
            "regsync", List.of("@regsync", "version", "--format", "{{ .VCSTag }}"),
            "trivy", List.of("@trivy", "--version"));

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

    /** What cannot be told from the answer is told by the pinned tool's folder, which has its version in its name. */
    private static String version(String program) throws IOException, InterruptedException {
        var question = QUESTIONS.getOrDefault(program, List.of());
        if (question.getFirst().startsWith("@")) {
            var folder = Tools.path(program).getParent().getFileName().toString();
            return folder.substring(folder.lastIndexOf('-') + 1);
        }
        return Program.run(Map.of(), question).lines().findFirst().orElse("").replaceAll("^.*?(v?\\d[^ ]*).*$", "$1");
    }
}
