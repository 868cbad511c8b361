package dev.longshore.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final Descriptor CONFIG = Descriptor.of(MediaType.OCI_CONFIG, Digest.of(new byte[] {2}), 1);
    private static final Descriptor LAYER = Descriptor.of(MediaType.OCI_LAYER, Digest.of(new byte[] {3}), 1);

    @Test
    void namesEachBlobOnce() {
        var image = new Manifest.Image(MediaType.OCI_MANIFEST, null, CONFIG, List.of(LAYER, LAYER), null, Map.of());

        assertThat(image.blobs()).containsExactly(CONFIG, LAYER);
    }

    @Test
    void describesItselfAsAReferrer() {
        var plain = new Manifest.Image(MediaType.OCI_MANIFEST, null, CONFIG, List.of(), LAYER, Map.of("a", "b"));
        var typed = new Manifest.Image(MediaType.OCI_MANIFEST, "x/y", CONFIG, List.of(), LAYER, Map.of());

        assertThat(plain.asReferrer(DIGEST, 7))
                .isEqualTo(Descriptor.of(MediaType.OCI_MANIFEST, DIGEST, 7)
                        .withArtifactType(MediaType.OCI_CONFIG)
                        .withAnnotations(Map.of("a", "b")));
        assertThat(typed.asReferrer(DIGEST, 7).artifactType()).isEqualTo("x/y");
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.index.v1+json, true, false",
        "application/vnd.docker.distribution.manifest.list.v2+json, true, false",
        "application/vnd.oci.image.manifest.v1+json, false, true",
        "'Application/vnd.docker.distribution.manifest.v2+json; charset=utf-8', false, true",
        "application/octet-stream, false, false",
        "'', false, false",
    })
    void tellsKindsByMediaType(String mediaType, boolean isIndex, boolean isImage) {
        assertThat(MediaType.isIndex(mediaType)).isEqualTo(isIndex);
        assertThat(MediaType.isImageManifest(mediaType)).isEqualTo(isImage);
        assertThat(MediaType.isManifest(mediaType)).isEqualTo(isIndex || isImage);
    }

    @Test
    void knowsLayersThatStayElsewhere() {
        assertThat(MediaType.isForeignLayer(MediaType.DOCKER_FOREIGN_LAYER)).isTrue();
        assertThat(MediaType.isForeignLayer("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"))
                .isTrue();
        assertThat(MediaType.isForeignLayer(MediaType.OCI_LAYER_GZIP)).isFalse();
    }

    @Test
    void comparesPlatforms() {
        var arm = Platform.parse("linux/arm64/v8");

        assertThat(arm).hasToString("linux/arm64/v8");
        assertThat(Platform.parse("linux/arm64").covers(arm)).isTrue();
        assertThat(arm.covers(Platform.parse("linux/arm64"))).isFalse();
        assertThat(Platform.of("linux", "amd64").covers(arm)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "linux/", "/amd64", "a/b/c/d"})
    void refusesWhatIsNoPlatform(String value) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Platform.parse(value));
    }
}
