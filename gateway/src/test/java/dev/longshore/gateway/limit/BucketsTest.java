package dev.longshore.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.limit.domain.Quota;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final Quota SIX_A_MINUTE = new Quota("identity", 6, Duration.ofMinutes(1));

    private final Clockwork time = new Clockwork();
    private final Buckets buckets = new Buckets(1000, time);

    @Test
    void refusesOneMoreThanTheQuotaAndSaysWhenToComeAgain() {
        for (var left = 5; left >= 0; left--) {
            var standing = buckets.take(SIX_A_MINUTE, "alice");
            assertThat(standing.isWithin()).isTrue();
            assertThat(standing.remaining()).isEqualTo(left);
        }

        var refused = buckets.take(SIX_A_MINUTE, "alice");

        assertThat(refused.isWithin()).isFalse();
        assertThat(refused.waitSeconds()).isEqualTo(10);
        assertThat(refused.item()).isEqualTo("\"identity\";r=0;t=10");
        assertThat(refused.quota().policy()).isEqualTo("\"identity\";q=6;w=60");
    }

    @Test
    void givesTheQuotaBackBitByBit() {
        for (var i = 0; i < 7; i++) {
            buckets.take(SIX_A_MINUTE, "alice");
        }

        time.pass(Duration.ofSeconds(9));
        assertThat(buckets.take(SIX_A_MINUTE, "alice").isWithin()).isFalse();
        time.pass(Duration.ofSeconds(1));
        assertThat(buckets.take(SIX_A_MINUTE, "alice").isWithin()).isTrue();
        assertThat(buckets.take(SIX_A_MINUTE, "alice").isWithin()).isFalse();
    }

    @Test
    void countsEachCallerApart() {
        for (var i = 0; i < 7; i++) {
            buckets.take(SIX_A_MINUTE, "alice");
        }

        assertThat(buckets.take(SIX_A_MINUTE, "bob").remaining()).isEqualTo(5);
        assertThat(buckets.take(new Quota("snap", 6, Duration.ofHours(1)), "alice")
                        .remaining())
                .isEqualTo(5);
    }

    @Test
    void saysHowLongUntilAllIsBack() {
        assertThat(buckets.take(SIX_A_MINUTE, "alice").resetSeconds()).isEqualTo(10);
        assertThat(buckets.take(SIX_A_MINUTE, "alice").resetSeconds()).isEqualTo(20);
    }

    private static final class Clockwork implements TimeMeter {

        private long now;

        void pass(Duration time) {
            now += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
