package dev.longshore.testkit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two providers of real servers; {@code LONGSHORE_TEST_SERVERS} says which. Containers share the machine's network,
 * so a server has the same address with both.
 */
public enum Servers {
    /** Debian packages, programs built by Go, and JVMs. */
    PROCESSES {
        @Override
        public Server start(List<String> command, Map<String, String> environment, Path folder, Path log) {
            return ChildProcess.start(command, environment, log);
        }

        @Override
        public Conversation converse(List<String> command) {
            return ProcessConversation.start(command);
        }
    },
    /** The same programs in the image {@code longshore/servers} ({@code deploy/images/build servers}). */
    CONTAINERS {
        @Override
        public Server start(List<String> command, Map<String, String> environment, Path folder, Path log) {
            return ContainerServer.start(command, environment, folder, log);
        }

        @Override
        public Conversation converse(List<String> command) {
            return ContainerConversation.start(command);
        }
    };

    public static Servers chosen() {
        return switch (Optional.ofNullable(System.getenv("LONGSHORE_TEST_SERVERS"))
                .orElse("processes")) {
            case "processes" -> PROCESSES;
            case "containers" -> CONTAINERS;
            case String other ->
                throw new IllegalStateException("LONGSHORE_TEST_SERVERS is processes or containers, not " + other);
        };
    }

    /** Starts a server that works in a folder of this machine and writes what it says into a file there. */
    public abstract Server start(List<String> command, Map<String, String> environment, Path folder, Path log);

    /** Starts a server that is told by lines what to do. */
    public abstract Conversation converse(List<String> command);
}
