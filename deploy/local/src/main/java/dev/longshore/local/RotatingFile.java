package dev.longshore.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * A log file that keeps its name, and one older file beside it ({@code kafka.log}, {@code kafka.log.1}).
 *
 * <p>The JDK's own file handler numbers the current file too, so that {@code tail -f} loses it.
 */
final class RotatingFile extends Handler {

    private static final long LARGEST = 10L * 1024 * 1024;
    private static final String LAYOUT = "%1$tF %1$tT.%1$tL %4$-7s [%3$s] %5$s%6$s%n";

    private final Path file;
    private final Formatter lines = new LineFormatter();
    private OutputStream output;
    private long size;

    RotatingFile(Path file) throws IOException {
        this.file = file;
        this.output = open();
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        try {
            var line = lines.format(entry).getBytes(StandardCharsets.UTF_8);
            if (size + line.length > LARGEST) {
                rotate();
            }
            output.write(line);
            size += line.length;
        } catch (IOException failure) {
            reportError("Could not write to " + file, failure, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public synchronized void flush() {
        // Nothing is buffered.
    }

    @Override
    public synchronized void close() {
        try {
            output.close();
        } catch (IOException failure) {
            reportError("Could not close " + file, failure, ErrorManager.CLOSE_FAILURE);
        }
    }

    private void rotate() throws IOException {
        output.close();
        Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        output = open();
    }

    private OutputStream open() throws IOException {
        var opened = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        return opened;
    }

    private static final class LineFormatter extends Formatter {

        private final SimpleFormatter messages = new SimpleFormatter();

        @Override
        public String format(LogRecord entry) {
            return LAYOUT.formatted(
                    entry.getInstant().atZone(ZoneId.systemDefault()),
                    "",
                    entry.getLoggerName(),
                    entry.getLevel().getName(),
                    messages.formatMessage(entry),
                    stackTrace(entry));
        }

        private static String stackTrace(LogRecord entry) {
            if (entry.getThrown() == null) {
                return "";
            }
            var text = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(text));
            return System.lineSeparator() + text;
        }
    }
}
