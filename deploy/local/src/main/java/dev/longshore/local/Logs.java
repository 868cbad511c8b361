package dev.longshore.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Where this JVM's logs go: {@code kafka.log}, {@code postgres.log} and {@code suite.log}, none growing without bound. */
public final class Logs extends LogManager {

    private static final List<String> BROKER = List.of("org.apache.kafka", "kafka", "state.change.logger");

    /** Loggers are held weakly by their manager, and would lose what is set here. */
    private static final List<Logger> HELD = new ArrayList<>();

    /** Called by the JVM, as named by {@code java.util.logging.manager}. */
    public Logs() {}

    /** Does nothing: the inherited one closes all logs when the JVM begins to stop, and what is said then is wanted. */
    @Override
    public void reset() {}

    static void to(Path folder) throws IOException {
        Files.createDirectories(folder);
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(Level.WARNING);
        root.addHandler(new RotatingFile(folder.resolve("kafka.log")));
        HELD.add(root);
        BROKER.forEach(name -> HELD.add(atLevel(name, Level.WARNING)));
        separate("longshore.postgres", new RotatingFile(folder.resolve("postgres.log")));
        separate("longshore.suite", new RotatingFile(folder.resolve("suite.log")));
    }

    private static Logger atLevel(String name, Level level) {
        var logger = Logger.getLogger(name);
        logger.setLevel(level);
        return logger;
    }

    private static void separate(String name, Handler handler) {
        var logger = atLevel(name, Level.INFO);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        HELD.add(logger);
    }
}
