package dev.longshore.testkit.server;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;

/** A JVM of the image in a container, attached to as {@code docker attach} does. */
final class ContainerConversation implements Conversation {

    private final GenericContainer<?> container;
    private final Lines input = new Lines();
    private final Heard heard = new Heard();

    private ContainerConversation(GenericContainer<?> container) {
        this.container = container;
    }

    static ContainerConversation start(List<String> command) {
        var container = new GenericContainer<>(ContainerServer.IMAGE)
                .withNetworkMode("host")
                .withEnv("LONGSHORE_CACHE", "/tmp/cache")
                // Its input ends when this JVM does, however that comes about, and then it ends itself.
                .withCreateContainerCmdModifier(create -> create.withStdinOpen(true)
                        .withStdInOnce(true)
                        .withEntrypoint("java")
                        .withCmd(command.subList(1, command.size())));
        container.start();
        var conversation = new ContainerConversation(container);
        container
                .getDockerClient()
                .attachContainerCmd(container.getContainerId())
                .withStdIn(conversation.input)
                .withStdOut(true)
                .withLogs(true)
                .withFollowStream(true)
                .exec(conversation.heard);
        return conversation;
    }

    @Override
    public String hear() {
        try {
            var line = heard.lines.poll(1, TimeUnit.MINUTES);
            if (line == null) {
                throw new IllegalStateException("The server says nothing: " + container.getLogs());
            }
            return line;
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while listening", failure);
        }
    }

    @Override
    public void say(String line) {
        input.add(line);
    }

    @Override
    public void close() {
        try {
            heard.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            container.stop();
        }
    }

    /** Collects lines from what comes in pieces. */
    private static final class Heard extends ResultCallback.Adapter<Frame> {

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final StringBuilder begun = new StringBuilder();

        @Override
        public void onNext(Frame frame) {
            if (frame.getStreamType() != StreamType.STDOUT) {
                return;
            }
            begun.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
            for (var end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
                lines.add(begun.substring(0, end).strip());
                begun.delete(0, end + 1);
            }
        }
    }
}
