package dev.longshore.gateway.audit.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.longshore.gateway.audit.domain.Entry;
import dev.longshore.gateway.audit.domain.Hash;
import dev.longshore.gateway.audit.domain.Link;
import dev.longshore.gateway.audit.domain.Seal;
import dev.longshore.kit.event.EventCodec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** A file of entries, one JSON object a line, with what chains them. Written whole, or not there. */
final class SegmentFile implements AutoCloseable {

    private final Path file;
    private final Path partial;
    private final MessageDigest digest = sha256();
    private final FileChannel channel;
    private final BufferedWriter writer;

    /** A line. */
    record Line(long number, Entry entry, String previous, String hash, String mac) {}

    private SegmentFile(Path file) throws IOException {
        this.file = file;
        this.partial = file.resolveSibling(file.getFileName() + ".part");
        Files.createDirectories(file.toAbsolutePath().getParent());
        channel = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        writer = new BufferedWriter(
                new OutputStreamWriter(new DigestOutputStream(Channels.newOutputStream(channel), digest), UTF_8));
    }

    static SegmentFile create(Path file) throws IOException {
        return new SegmentFile(file);
    }

    void write(List<Link> links) throws IOException {
        for (var link : links) {
            writer.write(EventCodec.mapper()
                    .writeValueAsString(new Line(
                            link.number(),
                            link.entry(),
                            link.previous().toString(),
                            link.hash().toString(),
                            link.mac().toString())));
            writer.write('\n');
        }
    }

    /** On the disk for good. Returns the digest. */
    String finish() throws IOException {
        writer.flush();
        channel.force(true);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(partial);
    }

    static String digest(Path file) throws IOException {
        var digest = sha256();
        try (var stream = Files.newInputStream(file)) {
            var buffer = new byte[64 * 1024];
            for (var read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Throws {@link IllegalArgumentException} for what is no line of such a file. */
    static void read(Path file, Consumer<Link> consumer) throws IOException {
        try (var lines = Files.lines(file)) {
            lines.map(SegmentFile::link).forEach(consumer);
        } catch (UncheckedIOException failure) {
            throw new IOException(failure);
        }
    }

    private static Link link(String text) {
        try {
            var line = EventCodec.mapper().readValue(text, Line.class);
            return new Link(line.number(), line.entry(), hash(line.previous()), hash(line.hash()), hash(line.mac()));
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("Not a line of a segment", failure);
        }
    }

    private static Hash hash(String text) {
        try {
            return Hash.parse(text);
        } catch (IllegalArgumentException _) {
            return Seal.NOTHING;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("Every Java platform has SHA-256", failure);
        }
    }
}
