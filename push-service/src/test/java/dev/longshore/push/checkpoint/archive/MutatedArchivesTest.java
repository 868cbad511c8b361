package dev.longshore.push.checkpoint.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.push.checkpoint.domain.CheckpointImage;
import dev.longshore.push.checkpoint.domain.DefaultName;
import dev.longshore.push.checkpoint.domain.UnusableArchiveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is done to an archive, it is either read or refused with a reason: nothing else is thrown. Few are tried in the
 * short tier, many in the long one.
 */
class MutatedArchivesTest {

    private static final int FEW = 150;
    private static final int MANY = 10_000;
    private static final long SEED = Long.getLong("longshore.seed", 20_261_121L);
    private static final ArchiveReader READER = new ArchiveReader(new ArchiveLimits(64 << 20, 100, 2000));

    @ParameterizedTest
    @ValueSource(
            strings = {
                Archives.PODMAN,
                "podman-default-is-zstd-though-named.tar.gz",
                "crio-minimal-mounts.tar.gz",
                "containerd-minimal-mounts.tar",
                "dot-slash-prefix-full.tar"
            })
    void isReadOrRefusedWithAReason(String name) throws IOException {
        tryMutated(name, FEW);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(
            strings = {
                Archives.PODMAN,
                "podman-default-is-zstd-though-named.tar.gz",
                "crio-minimal-mounts.tar.gz",
                "containerd-minimal-mounts.tar"
            })
    void isReadOrRefusedWithAReasonEachTime(String name) throws IOException {
        tryMutated(name, MANY);
    }

    private static void tryMutated(String name, int cases) throws IOException {
        var whole = Archives.bytes(name);
        var random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < cases; i++) {
            refused += isRefused(mutated(whole, random)) ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {Archives.PODMAN, "crio-minimal-mounts.tar.gz", "crio-minimal-mounts.tar.zst"})
    void everyBeginningOfAnArchiveIsIncomplete(String name) throws IOException {
        var whole = Archives.bytes(name);
        var random = new Random(SEED);
        for (int i = 0; i < FEW; i++) {
            // A tar is whole once its 1,024 zeros are there; the padding after them is nobody's.
            assertThat(isRefused(Arrays.copyOf(whole, random.nextInt(whole.length - 1024))))
                    .isTrue();
        }
    }

    private static boolean isRefused(byte[] content) throws IOException {
        try {
            var archive = READER.read(new ByteArrayInputStream(content), _ -> {});
            assertThat(archive.size()).isEqualTo(content.length);
            assertThat(CheckpointImage.of(archive).manifest()).isNotEmpty();
            assertThat(DefaultName.repository(archive.checkpoint())).startsWith("checkpoints/");
            assertThat(DefaultName.tag(archive)).isNotEmpty();
            return false;
        } catch (UnusableArchiveException unusable) {
            assertThat(unusable).hasMessageMatching("(?U)[\\p{Print}…]+");
            return true;
        }
    }

    /** In the metadata more than in memory pages, which nobody looks into. */
    private static byte[] mutated(byte[] whole, Random random) {
        var changed = whole.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> random.ints(8, 0, changed.length).forEach(at -> changed[at] = (byte) random.nextInt());
            case 2 -> Arrays.fill(changed, from(changed, random), changed.length, (byte) random.nextInt());
            case 3 -> header(changed, random);
            default -> {
                return Archives.concat(
                        Arrays.copyOf(whole, from(whole, random)),
                        Arrays.copyOfRange(whole, from(whole, random), whole.length));
            }
        }
        return changed;
    }

    private static int from(byte[] content, Random random) {
        return random.nextInt(content.length);
    }

    /** A field of a header, with its checksum made right: what is behind the checksum is tried too. */
    private static void header(byte[] tar, Random random) {
        int at = random.nextInt(tar.length / 512) * 512;
        var field = List.of(0, 100, 124, 136, 156, 157, 257, 345).get(random.nextInt(8));
        for (int i = 0; i < 1 + random.nextInt(12) && at + field + i < tar.length; i++) {
            tar[at + field + i] = (byte) random.nextInt();
        }
        if (at + 512 <= tar.length) {
            Arrays.fill(tar, at + 148, at + 156, (byte) ' ');
            int sum = 0;
            for (int i = 0; i < 512; i++) {
                sum += tar[at + i] & 0xff;
            }
            var text = "%06o\0 ".formatted(sum);
            for (int i = 0; i < 8; i++) {
                tar[at + 148 + i] = (byte) text.charAt(i);
            }
        }
    }
}
