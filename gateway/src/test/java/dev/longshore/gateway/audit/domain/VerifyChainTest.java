package dev.longshore.gateway.audit.domain;

import static dev.longshore.gateway.audit.domain.Finding.Kind.ALTERED;
import static dev.longshore.gateway.audit.domain.Finding.Kind.CUT;
import static dev.longshore.gateway.audit.domain.Finding.Kind.INSERTED;
import static dev.longshore.gateway.audit.domain.Finding.Kind.RECOMPUTED;
import static dev.longshore.gateway.audit.domain.Finding.Kind.RELINKED;
import static dev.longshore.gateway.audit.domain.Finding.Kind.REMOVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerifyChainTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Seal GATEWAY = new Seal("the gateway's key, of 32 bytes or".getBytes(StandardCharsets.UTF_8));
    private static final Seal STRANGER = new Seal("what one without the key would do".getBytes(StandardCharsets.UTF_8));

    @Test
    void isIntactAsItWasWritten() {
        var chain = chain(GATEWAY, 10);

        var verification = verify(chain, checkpoint(chain, 4), checkpoint(chain, 10));

        assertThat(verification.isIntact()).isTrue();
        assertThat(verification.count()).isEqualTo(10);
        assertThat(verification.checkpoints()).isEqualTo(2);
        assertThat(verification.head()).isEqualTo(chain.getLast().hash().toString());
    }

    @Test
    void anEmptyOneIsIntact() {
        assertThat(verify(List.of()).isIntact()).isTrue();
    }

    @Test
    void namesAnAlteredEntry() {
        var chain = chain(GATEWAY, 5);
        var third = chain.get(2);
        chain.set(2, new Link(3, entry(99), third.previous(), third.hash(), third.mac()));

        assertFindings(verify(chain), tuple(ALTERED, 3L));
    }

    @Test
    void namesAnAlteredEntryWhoseHashWasComputedAnew() {
        var chain = chain(GATEWAY, 5);
        chain.set(2, STRANGER.link(3, chain.get(1).hash(), entry(99)));

        assertFindings(verify(chain), tuple(INSERTED, 3L), tuple(RELINKED, 4L));
    }

    @Test
    void namesARemovedEntry() {
        var chain = chain(GATEWAY, 6);
        chain.subList(2, 4).clear();

        var verification = verify(chain);

        assertFindings(verification, tuple(REMOVED, 3L));
        assertThat(verification.findings().getFirst().detail()).contains("3 to 4");
    }

    @Test
    void namesThoseThatMovedUpToHideARemoval() {
        var chain = chain(GATEWAY, 4);
        chain.remove(1);
        chain.set(1, renumbered(chain.get(1), 2));
        chain.set(2, renumbered(chain.get(2), 3));

        assertFindings(verify(chain), tuple(ALTERED, 2L), tuple(ALTERED, 3L));
    }

    @Test
    void namesAnInsertedEntry() {
        var chain = chain(GATEWAY, 3);
        chain.add(STRANGER.link(4, chain.get(2).hash(), entry(99)));

        assertFindings(verify(chain), tuple(INSERTED, 4L));
    }

    @Test
    void namesTwoThatWereSwapped() {
        var chain = chain(GATEWAY, 5);
        var second = chain.get(1);
        chain.set(1, renumbered(chain.get(3), 2));
        chain.set(3, renumbered(second, 4));

        assertThat(verify(chain).findings())
                .filteredOn(finding -> finding.kind() == ALTERED)
                .extracting(Finding::number)
                .containsExactly(2L, 4L);
    }

    @Test
    void findsACutTailByACheckpoint() {
        var chain = chain(GATEWAY, 8);
        var checkpoint = checkpoint(chain, 7);

        assertFindings(verify(chain.subList(0, 5), checkpoint), tuple(CUT, 6L));
        assertFindings(verify(List.of(), checkpoint), tuple(CUT, 1L));
    }

    @Test
    void findsAChainThatWasRecomputedEvenWithTheKey() {
        var checkpoint = checkpoint(chain(GATEWAY, 8), 8);
        var other = new ArrayList<Link>();
        for (var number = 1; number <= 9; number++) {
            var previous = other.isEmpty() ? Seal.NOTHING : other.getLast().hash();
            other.add(GATEWAY.link(number, previous, entry(number == 3 ? 99 : number)));
        }

        assertFindings(verify(other, checkpoint), tuple(RECOMPUTED, 8L));
    }

    @Test
    void goesOnBehindWhatWasSealedAway() {
        var chain = chain(GATEWAY, 6);
        var verification = new VerifyChain(GATEWAY, 4, chain.get(3).hash(), List.of());
        chain.subList(4, 6).forEach(verification::accept);

        assertThat(verification.end().isIntact()).isTrue();
    }

    @Test
    void tellsApartFieldsThatReadTheSameInARow() {
        var one = new Entry(id(1), NOON, "a", "bc", "d", null, null, "e", "f", "g", null, null, null, null);
        var other = new Entry(id(1), NOON, "ab", "c", "d", null, null, "e", "f", "g", null, null, null, null);
        var absent = new Entry(id(1), NOON, "a", "bc", "d", "", null, "e", "f", "g", null, null, null, null);

        assertThat(List.of(hash(one), hash(other), hash(absent))).doesNotHaveDuplicates();
    }

    private static Hash hash(Entry entry) {
        return GATEWAY.hash(1, Seal.NOTHING, entry);
    }

    private static Link renumbered(Link link, long number) {
        return new Link(number, link.entry(), link.previous(), link.hash(), link.mac());
    }

    private static List<Link> chain(Seal seal, int length) {
        var links = new ArrayList<Link>();
        for (var number = 1; number <= length; number++) {
            links.add(seal.link(
                    number, links.isEmpty() ? Seal.NOTHING : links.getLast().hash(), entry(number)));
        }
        return links;
    }

    private static Checkpoint checkpoint(List<Link> chain, int count) {
        return new Checkpoint(count, chain.get(count - 1).hash(), NOON);
    }

    private static Verification verify(List<Link> chain, Checkpoint... checkpoints) {
        var verification = new VerifyChain(GATEWAY, 0, Seal.NOTHING, List.of(checkpoints));
        chain.forEach(verification::accept);
        return verification.end();
    }

    private static void assertFindings(Verification verification, org.assertj.core.groups.Tuple... expected) {
        assertThat(verification.findings())
                .extracting(Finding::kind, Finding::number)
                .containsExactly(expected);
    }

    private static Entry entry(int number) {
        return new Entry(
                id(number),
                NOON.plusSeconds(number),
                "default",
                "config-service",
                "ann",
                "192.0.2.7",
                null,
                "registry.replaced",
                "registries/left",
                "succeeded",
                null,
                "{}",
                "{\"a\":" + number + "}",
                null);
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
