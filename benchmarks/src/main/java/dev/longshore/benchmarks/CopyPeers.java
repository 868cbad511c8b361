package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.suite.Program;
import dev.longshore.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What else copies images between registries, as its users would call it. */
final class CopyPeers {

    static final List<String> NAMES = List.of("crane", "regctl", "regsync", "skopeo");

    private final CopySite site;
    private final Path work;
    private final Map<String, String> environment;

    CopyPeers(CopySite site, Path work) {
        this.site = site;
        this.work = work;
        this.environment =
                Map.of("REGCTL_CONFIG", work.resolve("regctl.json").toString(), "DOCKER_CONFIG", work.toString());
    }

    Measurement copy(String peer, List<String> repositories) throws IOException, InterruptedException {
        var lines = peer.equals("regsync")
                ? List.of(regsync(repositories))
                : repositories.stream()
                        .map(repository -> line(peer, repository))
                        .toList();
        return Program.measure(environment, lines);
    }

    private List<String> line(String peer, String repository) {
        var from = at(site.source.host(), repository);
        var to = at(site.target.host(), repository);
        return switch (peer) {
            case "crane" -> List.of(Tools.path("crane").toString(), "cp", from, to);
            case "regctl" ->
                List.of(
                        Tools.path("regctl").toString(),
                        "--host",
                        "reg=%s,tls=disabled".formatted(site.source.host()),
                        "--host",
                        "reg=%s,tls=disabled".formatted(site.target.host()),
                        "image",
                        "copy",
                        from,
                        to);
            case "skopeo" ->
                List.of(
                        "skopeo",
                        "copy",
                        "--quiet",
                        // Or it would compress what is not.
                        "--preserve-digests",
                        "--src-tls-verify=false",
                        "--dest-tls-verify=false",
                        "docker://" + from,
                        "docker://" + to);
            default -> throw new IllegalArgumentException(peer);
        };
    }

    /** Four at once, as Longshore's own default is. */
    private List<String> regsync(List<String> repositories) throws IOException {
        var registries = List.of(site.source.host(), site.target.host()).stream()
                .map("{\"registry\": \"%s\", \"tls\": \"disabled\"}"::formatted)
                .collect(Collectors.joining(", "));
        var images = repositories.stream()
                .map(repository -> "{\"source\": \"%s\", \"target\": \"%s\", \"type\": \"image\"}"
                        .formatted(at(site.source.host(), repository), at(site.target.host(), repository)))
                .collect(Collectors.joining(", "));
        var file = Files.writeString(work.resolve("regsync.yml"), """
                {"version": 1, "creds": [%s], "defaults": {"parallel": 4}, "sync": [%s]}""".formatted(registries, images));
        return List.of(Tools.path("regsync").toString(), "once", "-c", file.toString());
    }

    private static String at(String host, String repository) {
        return host + "/" + repository + ":" + CopySite.TAG;
    }
}
