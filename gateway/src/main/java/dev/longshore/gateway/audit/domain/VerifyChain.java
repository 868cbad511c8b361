package dev.longshore.gateway.audit.domain;

import dev.longshore.gateway.audit.domain.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a chain from its beginning, link by link, and remembers what is wrong with it. Needs as much memory for any length. */
public final class VerifyChain {

    /** More would be the same story; the first tells where it began. */
    private static final int MOST_FINDINGS = 100;

    private final Seal seal;
    private final TreeMap<Long, Checkpoint> checkpoints = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long number;
    private long entries;
    private Hash head;
    private long confirmed;
    private long sealed;

    /**
     * @param number of the last entry that was sealed away; 0 if none was
     * @param head its hash
     */
    public VerifyChain(Seal seal, long number, Hash head, List<Checkpoint> checkpoints) {
        this.seal = seal;
        this.number = number;
        this.head = head;
        checkpoints.forEach(each -> this.checkpoints.put(each.count(), each));
    }

    /** The next one, by number. */
    public void accept(Link link) {
        var isNext = link.number() == number + 1;
        if (!isNext) {
            add(
                    Kind.REMOVED,
                    number + 1,
                    null,
                    "Entries %d to %d are missing".formatted(number + 1, link.number() - 1));
        }
        var id = link.entry().eventId().toString();
        if (!seal.hash(link.number(), link.previous(), link.entry()).equals(link.hash())) {
            add(Kind.ALTERED, link.number(), id, "What it says, or its place, is not what was hashed");
        } else if (!seal.mac(link.hash()).equals(link.mac())) {
            add(Kind.INSERTED, link.number(), id, "It was not appended by the gateway");
        } else if (isNext && !link.previous().equals(head)) {
            add(Kind.RELINKED, link.number(), id, "The entry before it is another than when it was appended");
        }
        number = link.number();
        head = link.hash();
        entries++;
        check(checkpoints.get(number));
    }

    /** The hash of the last, if that is this one and nothing was found. */
    public Hash requireIntactUpTo(long last) {
        if (!findings.isEmpty() || number != last) {
            throw new IllegalStateException(
                    "The entries up to %d are not as they were written: %s".formatted(last, findings));
        }
        return head;
    }

    /** A segment whose file is not here: its seal stands for the entries in it. */
    public void accept(Segment segment) {
        begin(segment);
        number = segment.last();
        head = segment.head();
        sealed += segment.count();
        check(checkpoints.get(number));
    }

    /** A segment whose entries come next. */
    public void begin(Segment segment) {
        if (segment.first() != number + 1) {
            add(
                    Kind.REMOVED,
                    number + 1,
                    null,
                    "Entries %d to %d are missing".formatted(number + 1, segment.first() - 1));
        } else if (!segment.previous().equals(head)) {
            add(
                    Kind.RELINKED,
                    segment.first(),
                    null,
                    "The entry before the segment is another than when it was sealed");
        }
    }

    /** A segment whose entries have all come. */
    public void end(Segment segment) {
        if (number != segment.last() || !head.equals(segment.head())) {
            unsealed(
                    segment.first(), "The file %s does not end as it did when it was sealed".formatted(segment.file()));
        }
        sealed += segment.count();
    }

    public void unsealed(long at, String detail) {
        add(Kind.UNSEALED, at, null, detail);
    }

    /** What was found, once all links were accepted. */
    public Verification end() {
        var last = checkpoints.lastEntry();
        if (last != null && last.getKey() > number) {
            add(
                    Kind.CUT,
                    number + 1,
                    null,
                    "A checkpoint of %s tells of %d entries, the last here is %d"
                            .formatted(last.getValue().at(), last.getKey(), number));
        }
        return new Verification(entries, number, head.toString(), confirmed, sealed, List.copyOf(findings));
    }

    private void check(@Nullable Checkpoint checkpoint) {
        if (checkpoint == null) {
            return;
        }
        if (checkpoint.head().equals(head)) {
            confirmed++;
        } else {
            add(
                    Kind.RECOMPUTED,
                    number,
                    null,
                    "The checkpoint of %s signed another head for %d entries".formatted(checkpoint.at(), number));
        }
    }

    private void add(Kind kind, long at, @Nullable String entry, String detail) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(kind, at, entry, detail));
        }
    }
}
