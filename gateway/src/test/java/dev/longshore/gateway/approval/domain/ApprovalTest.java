package dev.longshore.gateway.approval.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.approval.domain.Approval.Decision;
import dev.longshore.gateway.approval.domain.Approval.Obstacle;
import dev.longshore.gateway.approval.domain.Approval.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApprovalTest {

    private static final Instant ASKED = Instant.parse("2026-11-21T20:00:00Z");
    private static final Instant END = Instant.parse("2026-11-28T20:00:00Z");

    @Test
    void nobodyDecidesWhatTheyAskedFor() {
        assertThat(approval(null).obstacle("mia", ASKED)).isEqualTo(Obstacle.OWN_REQUEST);
        assertThat(approval(null).obstacle("vera", ASKED)).isNull();
    }

    @Test
    void itIsDecidedOnceAndInTime() {
        var approved = approval(new Decision(true, "vera", ASKED, null));

        assertThat(approved.obstacle("otto", ASKED)).isEqualTo(Obstacle.DECIDED_ALREADY);
        assertThat(approval(null).obstacle("vera", END)).isEqualTo(Obstacle.EXPIRED);
    }

    @Test
    void whatWasApprovedCountsForSoLong() {
        var approved = approval(new Decision(true, "vera", ASKED, null));
        var rejected = approval(new Decision(false, "vera", ASKED, "No"));

        assertThat(approval(null).stateAt(ASKED)).isEqualTo(State.REQUESTED);
        assertThat(approval(null).stateAt(END)).isEqualTo(State.EXPIRED);
        assertThat(approved.stateAt(ASKED)).isEqualTo(State.APPROVED);
        assertThat(approved.stateAt(END)).isEqualTo(State.EXPIRED);
        assertThat(rejected.stateAt(END)).isEqualTo(State.REJECTED);
    }

    private static Approval approval(@Nullable Decision decision) {
        return new Approval(
                "apr-1", "shop", "retention.applied", "retention-plans/ret-1", "Old", "mia", ASKED, END, decision);
    }
}
