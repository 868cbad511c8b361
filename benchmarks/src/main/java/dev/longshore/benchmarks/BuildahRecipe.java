package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Measurement;
import dev.longshore.benchmarks.measure.ProcessFigures;
import dev.longshore.benchmarks.suite.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What SNAP does with an archive: from scratch, add, annotate, commit, push. */
final class BuildahRecipe {

    private static final String ANNOTATION = "io.kubernetes.cri-o.annotations.checkpoint.name";

    private final Path work;
    private final String registry;
    private final List<String> buildah;

    BuildahRecipe(Path work, String registry) throws IOException, InterruptedException {
        this.work = Files.createDirectories(work);
        this.registry = registry;
        this.buildah = usable();
    }

    Measurement push(Path archive) throws IOException, InterruptedException {
        var cpu = ProcessFigures.childrenCpuSeconds();
        var begun = System.nanoTime();
        var container = run("from", "scratch");
        run("add", container, archive.toString(), "/");
        run("config", "--annotation=%s=%s".formatted(ANNOTATION, archive.getFileName()), container);
        var image = "%s/checkpoints/bench:buildah".formatted(registry);
        run("commit", container, image);
        run("push", "--tls-verify=false", image);
        var taken = new Measurement(Program.secondsSince(begun), ProcessFigures.childrenCpuSeconds() - cpu);
        run("rm", container);
        run("rmi", image);
        return taken;
    }

    /** Overlay where the kernel and the folder's file system can, else copies. */
    private List<String> usable() throws IOException, InterruptedException {
        for (var driver : List.of("overlay", "vfs")) {
            var line = List.of(
                    "buildah",
                    "--root",
                    work.resolve(driver).toString(),
                    "--runroot",
                    work.resolve(driver + "-run").toString(),
                    "--storage-driver",
                    driver);
            try {
                var container = run(line, "from", "scratch");
                run(line, "rm", container);
                return line;
            } catch (IOException refused) {
                if (driver.equals("vfs")) {
                    throw refused;
                }
            }
        }
        throw new IllegalStateException("buildah has no storage");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        return run(buildah, arguments);
    }

    private static String run(List<String> program, String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(program);
        line.addAll(List.of(arguments));
        return Program.run(Map.of(), line).lines().reduce("", (_, last) -> last);
    }
}
