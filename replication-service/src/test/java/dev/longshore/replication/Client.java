package dev.longshore.replication;

import dev.longshore.testkit.Tools;
import dev.longshore.testkit.registry.RegistryProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What other people's clients see in a registry. */
final class Client {

    private Client() {}

    /** The digest by {@code crane}; empty if there is no such image. */
    static String digest(RegistryProcess registry, String reference) {
        return run(Tools.path("crane").toString(), "digest", "--insecure", registry.host() + "/" + reference);
    }

    /** The raw manifest by {@code skopeo}; empty if there is none. */
    static String inspect(RegistryProcess registry, String reference) {
        return run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + registry.host() + "/" + reference);
    }

    /** What is attached, by {@code regctl}, one digest a line. */
    static List<String> referrers(RegistryProcess registry, String reference) {
        var format = "{{range .Descriptors}}{{println .Digest}}{{end}}";
        return run(
                        Tools.path("regctl").toString(),
                        "--host",
                        "reg=" + registry.host() + ",tls=disabled",
                        "artifact",
                        "list",
                        "--format",
                        format,
                        registry.host() + "/" + reference)
                .lines()
                .toList();
    }

    private static String run(String... command) {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }
}
