package dev.longshore.push.checkpoint.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.longshore.oci.Digest;
import dev.longshore.oci.client.StreamHashes;
import dev.longshore.push.checkpoint.domain.Compression;
import dev.longshore.push.checkpoint.domain.Contents;
import dev.longshore.push.checkpoint.domain.DescribeCheckpoint;
import dev.longshore.push.checkpoint.domain.Documents;
import dev.longshore.push.checkpoint.domain.ReadArchive;
import dev.longshore.push.checkpoint.domain.UnusableArchiveException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Reads an archive once: its digest, that of the tar within, its metadata, and whether it is whole and harmless. Takes the
 * memory of a few buffers, whatever the archive's size.
 */
public final class ArchiveReader {

    private static final int BUFFER = 256 << 10;
    private static final Digest NOTHING = Digest.of(new byte[0]);

    private final ArchiveLimits limits;

    public ArchiveReader(ArchiveLimits limits) {
        this.limits = limits;
    }

    /**
     * Blocks; may be interrupted.
     *
     * @param seen hears how many bytes of the file were read so far
     */
    public ReadArchive read(Path file, LongConsumer seen) throws IOException {
        var before = Files.readAttributes(file, BasicFileAttributes.class);
        try (var source = Files.newInputStream(file)) {
            var archive = read(source, seen);
            requireUnchanged(file, before);
            return archive;
        } catch (UnusableArchiveException unusable) {
            if (unusable.isIncomplete()) {
                requireUnchanged(file, before);
            }
            throw unusable;
        }
    }

    /** As {@link #read(Path, LongConsumer)}, of what nobody else writes to. */
    public ReadArchive read(InputStream source, LongConsumer seen) throws IOException {
        var packed = new CountedStream(source, sha256(), seen);
        try {
            return readAll(packed);
        } catch (ClosedByInterruptException | NoSuchFileException interrupted) {
            throw interrupted;
        } catch (IOException failure) {
            throw packed.hasEnded()
                    ? UnusableArchiveException.incomplete("The archive ends too early: it is truncated")
                    : damaged(packed.count());
        }
    }

    private static UnusableArchiveException damaged(long at) {
        return at <= BUFFER
                ? UnusableArchiveException.notACheckpoint("The file is not a tar archive, plain, gzip or zstd")
                : UnusableArchiveException.incomplete("The archive is damaged before byte %d".formatted(at));
    }

    private ReadArchive readAll(CountedStream packed) throws IOException {
        var start = new PushbackInputStream(packed, Compression.HEAD);
        var head = start.readNBytes(Compression.HEAD);
        if (head.length == 0) {
            throw UnusableArchiveException.incomplete("The file is empty");
        }
        start.unread(head);
        var compression = Compression.of(head);
        var documents = new Documents();
        var contents = new Contents();
        try (var tar = unpacked(start, compression)) {
            // Of a plain tar both digests are one.
            var hash = compression == Compression.NONE ? null : sha256();
            var counted = new CountedStream(tar, hash, count -> requireBounded(count, packed.count()));
            new TarWalk(counted, limits.entries(), documents, contents).walk();
            drain(start);
            var digest = digest(packed).orElseThrow();
            return new ReadArchive(
                    digest,
                    packed.count(),
                    compression,
                    digest(counted).orElse(digest),
                    counted.count(),
                    DescribeCheckpoint.of(documents, contents));
        }
    }

    private static InputStream unpacked(InputStream packed, Compression compression) throws IOException {
        return switch (compression) {
            case NONE -> packed;
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(packed)
                        .setBufferSize(BUFFER)
                        .setDecompressConcatenated(true)
                        .get();
            case ZSTD -> new ZstdInputStreamNoFinalizer(packed);
        };
    }

    private void requireBounded(long unpacked, long packed) {
        if (unpacked > limits.unpacked()) {
            throw UnusableArchiveException.tooLarge(
                    "The archive is larger than %d bytes once it is unpacked".formatted(limits.unpacked()));
        }
        if (unpacked > ArchiveLimits.RATIO_MATTERS_FROM && unpacked / Math.max(packed, 1) > limits.ratio()) {
            throw UnusableArchiveException.tooLarge(
                    "The archive unpacks to more than %d times its size".formatted(limits.ratio()));
        }
    }

    /** The digest is of all bytes of the file. */
    private static void drain(InputStream rest) throws IOException {
        if (rest.read() >= 0) {
            throw UnusableArchiveException.unsafe("There is something after the end of the archive");
        }
    }

    private static void requireUnchanged(Path file, BasicFileAttributes before) throws IOException {
        var now = Files.readAttributes(file, BasicFileAttributes.class);
        if (now.size() != before.size() || !now.lastModifiedTime().equals(before.lastModifiedTime())) {
            throw UnusableArchiveException.beingWritten("The archive was changed while it was read");
        }
    }

    private static Optional<Digest> digest(CountedStream stream) {
        return stream.digest().map(hashed -> Digest.from(Digest.SHA256, hashed));
    }

    /** Which of SHA-256, not of what. */
    private static MessageDigest sha256() {
        return StreamHashes.of(NOTHING);
    }
}
