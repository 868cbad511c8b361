package dev.longshore.testkit.server;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.utility.DockerImageName;

/** A program of the image in a container, with the server's folder at the place where it lies outside. */
final class ContainerServer implements Server {

    static final DockerImageName IMAGE = DockerImageName.parse("longshore/servers:0.1.0-SNAPSHOT");

    private final GenericContainer<?> container;

    private ContainerServer(GenericContainer<?> container) {
        this.container = container;
    }

    static ContainerServer start(List<String> command, Map<String, String> environment, Path folder, Path log) {
        var program = Path.of(command.getFirst()).getFileName().toString();
        var container = new GenericContainer<>(IMAGE)
                .withNetworkMode("host")
                .withEnv(environment)
                .withLogConsumer(frame -> append(log, frame))
                .withCreateContainerCmdModifier(create -> {
                    hostConfig(create.getHostConfig())
                            .withBinds(new Bind(folder.toString(), new Volume(folder.toString())));
                    create.withUser(owner(folder)).withEntrypoint(program).withCmd(command.subList(1, command.size()));
                });
        container.start();
        return new ContainerServer(container);
    }

    static HostConfig hostConfig(@Nullable HostConfig config) {
        return Objects.requireNonNull(config, "Testcontainers always makes one");
    }

    @Override
    public boolean isAlive() {
        return container.isRunning();
    }

    @Override
    public void close() {
        container.stop();
    }

    /** So that what the server writes can be deleted by the test. */
    private static String owner(Path folder) {
        try {
            return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void append(Path log, OutputFrame frame) {
        var bytes = frame.getBytes();
        if (bytes == null) {
            return;
        }
        try {
            Files.write(log, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
