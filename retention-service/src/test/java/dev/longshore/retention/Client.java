package dev.longshore.retention;

import dev.longshore.testkit.Tools;
import dev.longshore.testkit.registry.RegistryProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What other people's clients see in a registry. */
final class Client {

    private Client() {}

    /** By {@code crane ls}; empty if there are none. */
    static List<String> tags(RegistryProcess registry, String repository) {
        var run = run(Tools.path("crane").toString(), "ls", "--insecure", registry.host() + "/" + repository);
        return run.isSuccess()
                ? run.said().lines().filter(line -> !line.isEmpty()).toList()
                : List.of();
    }

    static boolean exists(RegistryProcess registry, String reference) {
        return run(Tools.path("crane").toString(), "manifest", "--insecure", registry.host() + "/" + reference)
                .isSuccess();
    }

    /** Pulls all of it by {@code skopeo copy --all}: what that says if it fails, else nothing. */
    static String pull(RegistryProcess registry, String reference, Path folder) {
        var run = run(
                "skopeo",
                "copy",
                "--quiet",
                "--all",
                "--src-tls-verify=false",
                "docker://" + registry.host() + "/" + reference,
                "dir:" + folder);
        return run.isSuccess() ? "" : run.said();
    }

    private record Run(boolean isSuccess, String said) {}

    private static Run run(String... command) {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Run(process.waitFor() == 0, said);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }
}
