package dev.longshore.scan.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.MediaType;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestKindTest {

    private static final String COSIGN = "application/vnd.dev.cosign.simplesigning.v1+json";

    @ParameterizedTest
    @CsvSource({
        MediaType.OCI_MANIFEST + ",," + MediaType.OCI_CONFIG + "," + MediaType.OCI_LAYER_GZIP + ",IMAGE",
        MediaType.OCI_MANIFEST + "," + MediaType.OCI_CONFIG + "," + MediaType.OCI_CONFIG + "," + MediaType.OCI_LAYER
                + ",IMAGE",
        MediaType.OCI_MANIFEST + ",," + MediaType.OCI_CONFIG + ",,IMAGE",
        MediaType.DOCKER_MANIFEST + ",," + MediaType.DOCKER_CONFIG + "," + MediaType.DOCKER_LAYER_GZIP + ",IMAGE",
        MediaType.OCI_INDEX + ",,,,INDEX",
        MediaType.DOCKER_MANIFEST_LIST + ",,,,INDEX",
        MediaType.OCI_MANIFEST + ",application/spdx+json," + MediaType.OCI_EMPTY + ",application/spdx+json,ARTIFACT",
        MediaType.OCI_MANIFEST + ",application/spdx+json," + MediaType.OCI_CONFIG + "," + MediaType.OCI_LAYER
                + ",ARTIFACT",
        MediaType.OCI_MANIFEST + ",,application/vnd.cncf.helm.config.v1+json,application/vnd.cncf.helm.chart,ARTIFACT",
        MediaType.OCI_MANIFEST + ",," + MediaType.OCI_CONFIG + "," + COSIGN + ",ARTIFACT",
        MediaType.OCI_MANIFEST + ",," + MediaType.OCI_CONFIG + ",application/vnd.in-toto+json,ARTIFACT",
        MediaType.OCI_MANIFEST + ",,,,ARTIFACT"
    })
    void tellsImagesFromWhatOnlyLooksLikeOne(
            String mediaType,
            @Nullable String artifactType,
            @Nullable String config,
            @Nullable String layer,
            ManifestKind kind) {
        var layers = Stream.ofNullable(layer).map(ManifestKindTest::descriptor).toList();

        assertThat(ManifestKind.of(mediaType, artifactType, config == null ? null : descriptor(config), layers))
                .isEqualTo(kind);
    }

    private static Descriptor descriptor(String mediaType) {
        return Descriptor.of(mediaType, Digest.of(new byte[] {1}), 1);
    }
}
