package dev.longshore.gateway.audit.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.gateway.audit.AuditConfig;
import dev.longshore.kit.work.BlockingCalls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A file per month, one checkpoint a line. */
@ApplicationScoped
class FolderSink implements CheckpointSink {

    private final Path folder;
    private final BlockingCalls blocking;

    FolderSink(AuditConfig config, BlockingCalls blocking) {
        this.folder = config.checkpoints().folder();
        this.blocking = blocking;
    }

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Uni<Void> write(String signed, Instant madeAt) {
        return blocking.call(() -> {
            append(signed, madeAt);
            return null;
        });
    }

    /** All that lie there. */
    Uni<List<String>> read() {
        return blocking.call(() -> {
            var lines = new ArrayList<String>();
            if (Files.isDirectory(folder)) {
                try (var files = Files.newDirectoryStream(folder, "*.jws")) {
                    for (var file : files) {
                        Files.readAllLines(file).stream()
                                .filter(line -> !line.isBlank())
                                .forEach(lines::add);
                    }
                }
            }
            return lines;
        });
    }

    private void append(String signed, Instant madeAt) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(YearMonth.from(madeAt.atZone(ZoneOffset.UTC)) + ".jws");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((signed + "\n").getBytes(UTF_8)));
            channel.force(true);
        }
    }
}
