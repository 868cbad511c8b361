package dev.longshore.push.checkpoint.archive;

import dev.longshore.push.checkpoint.domain.Contents;
import dev.longshore.push.checkpoint.domain.Documents;
import dev.longshore.push.checkpoint.domain.Entry;
import dev.longshore.push.checkpoint.domain.Entry.Kind;
import dev.longshore.push.checkpoint.domain.EntryRules;
import dev.longshore.push.checkpoint.domain.UnusableArchiveException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Goes through a tar from its first header to the zeros at its end. The kubelet streams an archive into the place where it
 * is to be found, so that a tar without an end is one that is still being written, or never was.
 */
final class TarWalk {

    private static final int RECORD = 512;
    /** Names and extended headers of one entry. */
    private static final int LARGEST_HEADER = 64 << 10;

    private static final long LARGEST_HEADERS = 64L << 20;

    private final BoundedHeaders bytes;
    private final TarArchiveInputStream tar;
    private final int mostEntries;
    private final EntryRules rules = new EntryRules();
    private final Documents documents;
    private final Contents contents;
    private final byte[] buffer = new byte[256 << 10];
    private long headers;

    TarWalk(CountedStream unpacked, int mostEntries, Documents documents, Contents contents) {
        this.bytes = new BoundedHeaders(unpacked);
        this.tar = new TarArchiveInputStream(bytes, "UTF-8");
        this.mostEntries = mostEntries;
        this.documents = documents;
        this.contents = contents;
    }

    void walk() throws IOException {
        int entries = 0;
        long endOfLast = 0;
        for (var entry = next(entries); entry.isPresent(); entry = next(entries)) {
            if (++entries > mostEntries) {
                throw UnusableArchiveException.tooLarge("The archive has more than %d entries".formatted(mostEntries));
            }
            take(entry.get());
            endOfLast = endOf(entry.get());
        }
        if (entries == 0 && bytes.count() >= RECORD) {
            throw UnusableArchiveException.notACheckpoint("The file is not a tar, or one with nothing in it");
        }
        requireEnd(endOfLast);
    }

    private Optional<TarArchiveEntry> next(int known) throws IOException {
        var before = bytes.count();
        var largest = (int) Math.min(LARGEST_HEADER, LARGEST_HEADERS - headers);
        try {
            bytes.allow(largest);
            var entry = tar.getNextEntry();
            headers += bytes.count() - before;
            if (entry != null && !entry.isCheckSumOK()) {
                throw broken(known, before);
            }
            return Optional.ofNullable(entry);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException _) {
            throw broken(known, before);
        } finally {
            bytes.allow(Long.MAX_VALUE);
        }
    }

    private static UnusableArchiveException broken(int known, long at) {
        return known == 0
                ? UnusableArchiveException.notACheckpoint("The file is not a tar archive")
                : UnusableArchiveException.incomplete("The archive is damaged at byte %d".formatted(at));
    }

    private void take(TarArchiveEntry entry) throws IOException {
        var name = rules.accept(new Entry(entry.getName(), kind(entry), entry.getSize(), entry.getLinkName()));
        var isFile = kind(entry) == Kind.FILE;
        int wanted = isFile ? documents.wanted(name, entry.getSize()) : 0;
        if (wanted > 0) {
            documents.keep(name, tar.readNBytes((int) Math.min(wanted, entry.getSize())));
        }
        long rest = entry.getSize() - Math.min(wanted, entry.getSize());
        for (int read = 0; rest > 0 && read >= 0; rest -= Math.max(read, 0)) {
            read = tar.read(buffer, 0, (int) Math.min(buffer.length, rest));
        }
        if (rest > 0) {
            throw new EOFException("The archive ends within an entry");
        }
        if (isFile) {
            contents.add(name, entry.getSize(), entry.getLastModifiedTime().toInstant());
        }
    }

    /** What is unread is the rest of the entry's last record. */
    private long endOf(TarArchiveEntry entry) {
        return bytes.count() + (RECORD - entry.getSize() % RECORD) % RECORD;
    }

    private void requireEnd(long endOfLast) throws IOException {
        bytes.allow(Long.MAX_VALUE - 1 - bytes.count());
        for (int read = 0; read >= 0; read = bytes.read(buffer)) {
            if (bytes.afterLastNonZero() > endOfLast) {
                throw UnusableArchiveException.unsafe("There is something after the end of the archive");
            }
        }
        if (bytes.count() < endOfLast + 2 * RECORD) {
            throw UnusableArchiveException.incomplete("The archive ends without the end of a tar");
        }
    }

    private static Kind kind(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return Kind.SYMBOLIC_LINK;
        }
        if (entry.isLink()) {
            return Kind.HARD_LINK;
        }
        if (entry.isSparse() || entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            return Kind.OTHER;
        }
        if (entry.isDirectory()) {
            return Kind.FOLDER;
        }
        return entry.isFile() ? Kind.FILE : Kind.OTHER;
    }
}
