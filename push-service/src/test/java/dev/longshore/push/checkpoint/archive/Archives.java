package dev.longshore.push.checkpoint.archive;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The archives that the tests read: those that engines made, and those that nobody should. */
public final class Archives {

    public static final Path FOLDER = Path.of("src/test/resources/checkpoints");
    public static final String PODMAN = "podman-none.tar";
    private static final int END = 1024;

    private Archives() {}

    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Broken in ways of which there is no file: by what is wrong with them. */
    static Map<String, byte[]> broken() {
        var podman = bytes(PODMAN);
        var gzip = bytes("crio-minimal-mounts.tar.gz");
        var zstd = bytes("crio-minimal-mounts.tar.zst");
        var found = new LinkedHashMap<String, byte[]>();
        found.put("an absolute path", with(entry("/etc/passwd")));
        found.put("a symbolic link out of the archive", with(link("checkpoint/out", "../../etc", true)));
        found.put("a symbolic link to an absolute path", with(link("out", "/etc/shadow", true)));
        found.put("a hard link out of the archive", with(link("out", "../shadow", false)));
        found.put("a symbolic link within the archive", with(link("checkpoint/alias", "../spec.dump", true)));
        found.put("the metadata as a link", metadataLink());
        found.put("`config.dump` twice", with(entry("config.dump")));
        found.put("`./config.dump` beside `config.dump`", with(entry("./config.dump")));
        found.put("a pipe", with(pipe()));
        found.put("the tar without its end", withoutEnd());
        found.put("bytes after the end", concat(podman, "#!/bin/sh".getBytes(StandardCharsets.UTF_8)));
        found.put("cut within an entry", Arrays.copyOf(podman, podman.length / 2));
        found.put("gzip, cut", Arrays.copyOf(gzip, gzip.length / 2));
        found.put("zstd, cut", Arrays.copyOf(zstd, zstd.length / 2));
        found.put("gzip, bytes after its end", concat(gzip, new byte[] {1, 2, 3}));
        found.put("an empty file", new byte[0]);
        found.put("a tar with nothing in it", new byte[END]);
        found.put("a header that names 100 MiB", hugeName());
        found.put("a tar of something else", tar(tar -> add(tar, entry("README.md"))));
        return found;
    }

    static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] zstd(byte[] content) {
        return Zstd.compress(content);
    }

    static byte[] concat(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** podman's archive with one entry more before its end. */
    private static byte[] with(TarArchiveEntry added) {
        return concat(withoutEnd(), tar(tar -> add(tar, added)));
    }

    private static byte[] withoutEnd() {
        var podman = bytes(PODMAN);
        return Arrays.copyOf(podman, podman.length - END);
    }

    private static byte[] metadataLink() {
        return concat(header(link("spec.dump", "config.dump", true)), bytes(PODMAN));
    }

    /** Says of its long name that it has 100 MiB; nobody should wait for them. */
    private static byte[] hugeName() {
        var header = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        header.setSize(100 << 20);
        return Arrays.copyOf(header(header), 1 << 20);
    }

    private static byte[] header(TarArchiveEntry entry) {
        var bytes = new byte[512];
        entry.writeEntryHeader(bytes);
        return bytes;
    }

    private static TarArchiveEntry entry(String name) {
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(0);
        return entry;
    }

    private static TarArchiveEntry link(String name, String target, boolean symbolic) {
        var entry = new TarArchiveEntry(name, symbolic ? TarConstants.LF_SYMLINK : TarConstants.LF_LINK, true);
        entry.setLinkName(target);
        return entry;
    }

    private static TarArchiveEntry pipe() {
        return new TarArchiveEntry("checkpoint/pipe", TarConstants.LF_FIFO, true);
    }

    private interface Filling {
        void fill(TarArchiveOutputStream tar) throws IOException;
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static byte[] tar(Filling filling) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            filling.fill(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
