package dev.longshore.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import org.junit.jupiter.api.Test;

class InventoryEventTest {

    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));

    @Test
    void itsKeysNameWhatTheyAreMadeOf() {
        assertThat(InventoryEvent.named(InventoryEvent.tagKey("left", "shop/api", "1.0")))
                .contains(ImageReference.tagged("left", "shop/api", "1.0"));
        assertThat(InventoryEvent.named(InventoryEvent.manifestKey("left", "shop/api", DIGEST)))
                .contains(ImageReference.pinned("left", "shop/api", DIGEST));
    }

    @Test
    void aNewerProducersKeyNamesNothing() {
        assertThat(InventoryEvent.named("blob/left/shop/api@" + DIGEST)).isEmpty();
        assertThat(InventoryEvent.named("")).isEmpty();
    }

    @Test
    void aKeyWithoutAReferenceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> InventoryEvent.named("tag/left"));
    }
}
