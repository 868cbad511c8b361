package dev.longshore.retention.domain.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FromEventsTest {

    private static final Instant PUSHED = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant PULLED = PUSHED.plusSeconds(60);

    @Test
    void aTagIsTakenWithAllThatIsKnownOfItsPush() {
        var heard = new TagRecorded("default", "left", "shop/api", "1.0", digest("a"), PUSHED, null, "ci", PULLED, 3);
        var found = new TagRecorded(
                "default", "left", "shop/api", "1.0", digest("a"), PUSHED, Instant.EPOCH, null, null, 3);

        assertThat(StoredTag.from(heard)).isEqualTo(new StoredTag("1.0", digest("a"), PushTime.heard(PUSHED), PULLED));
        assertThat(StoredTag.from(found))
                .isEqualTo(new StoredTag("1.0", digest("a"), new PushTime(Instant.EPOCH, PUSHED), null));
    }

    @Test
    void anIndexNeedsOnlyTheManifestsAmongWhatItNames() {
        var recorded = new ManifestRecorded(
                "default",
                "left",
                "shop/api",
                digest("i"),
                MediaType.OCI_INDEX,
                null,
                100,
                List.of(
                        Descriptor.of(MediaType.OCI_MANIFEST, digest("x"), 1),
                        Descriptor.of(MediaType.OCI_LAYER_GZIP, digest("layer"), 1)),
                digest("subject"),
                null,
                List.of(),
                List.of(),
                Map.of(),
                PUSHED,
                null,
                PUSHED.minusSeconds(9),
                null,
                PULLED,
                1);

        var manifest = StoredManifest.from(recorded, null);

        assertThat(manifest.children()).containsExactly(digest("x"), digest("layer"));
        assertThat(manifest.needed()).containsExactly(digest("x"));
        assertThat(manifest.subject()).isEqualTo(digest("subject"));
        assertThat(manifest.createdAt()).isEqualTo(PUSHED.minusSeconds(9));
        assertThat(manifest.lastPulledAt()).isEqualTo(PULLED);
        assertThat(manifest.withoutTagSince()).isEqualTo(PUSHED);
        assertThat(StoredManifest.from(recorded, PULLED).withoutTagSince()).isEqualTo(PULLED);
    }

    @Test
    void aPushIsNeverBeforeTheEarliestThatItCanBe() {
        assertThat(PushTime.of(PUSHED, PULLED)).isEqualTo(PushTime.heard(PUSHED));
    }

    private static Digest digest(String name) {
        return Digest.of(name.getBytes(UTF_8));
    }
}
