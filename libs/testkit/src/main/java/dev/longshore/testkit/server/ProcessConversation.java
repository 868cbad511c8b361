package dev.longshore.testkit.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

final class ProcessConversation implements Conversation {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path errors;
    private final BufferedReader output;
    private final Writer input;

    private ProcessConversation(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader();
        this.input = process.outputWriter();
    }

    static ProcessConversation start(List<String> command) {
        try {
            var errors = Files.createTempFile("longshore-server-", ".err");
            errors.toFile().deleteOnExit();
            var process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            return new ProcessConversation(process, errors);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not start " + command.getFirst(), failure);
        }
    }

    @Override
    public String hear() {
        try {
            var line = output.readLine();
            if (line == null) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "The server has ended: " + Files.readString(errors).strip());
            }
            return line;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void say(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not say " + line, failure);
        }
    }

    @Override
    public void close() {
        try {
            input.close();
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
