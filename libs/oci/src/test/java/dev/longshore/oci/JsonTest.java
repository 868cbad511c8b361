package dev.longshore.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Digest DIGEST = Digest.of(new byte[0]);

    private record Holder(
            Digest digest,
            ImageReference image,
            Reference reference,
            Reference.Tagged tagged,
            Reference.Pinned pinned,
            Descriptor descriptor) {}

    @Test
    void namesAreTexts() throws JsonProcessingException {
        var holder = new Holder(
                DIGEST,
                ImageReference.tagged("left", "shop/api", "1.0"),
                new Reference.Pinned("shop/api", DIGEST),
                new Reference.Tagged("shop/api", "1.0"),
                new Reference.Pinned("shop/api", DIGEST),
                Descriptor.of(MediaType.OCI_MANIFEST, DIGEST, 0));

        var text = JSON.writeValueAsString(holder);

        assertThat(text)
                .contains("\"digest\":\"" + DIGEST + "\"")
                .contains("\"image\":\"left/shop/api:1.0\"")
                .contains("\"reference\":\"shop/api@" + DIGEST + "\"")
                .contains("\"tagged\":\"shop/api:1.0\"");
        assertThat(JSON.readValue(text, Holder.class)).isEqualTo(holder);
    }

    @Test
    void aDescriptorLeavesOutWhatItDoesNotHave() throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(Descriptor.of("x/y", DIGEST, 0)))
                .isEqualTo("{\"mediaType\":\"x/y\",\"digest\":\"%s\",\"size\":0}".formatted(DIGEST));
    }

    @Test
    void aDescriptorKeepsWhatItHas() throws JsonProcessingException {
        var whole = new Descriptor(
                MediaType.OCI_MANIFEST,
                DIGEST,
                12,
                new Platform("linux", "arm64", "v8", "10.0.1"),
                "application/vnd.example",
                Map.of("a", "b"),
                List.of("https://example.org"),
                "AA==");

        assertThat(JSON.readValue(JSON.writeValueAsString(whole), Descriptor.class))
                .isEqualTo(whole);
        assertThat(JSON.writeValueAsString(whole)).contains("\"os.version\":\"10.0.1\"");
    }

    @Test
    void anIndexIsWrittenAsTheSpecificationHasIt() throws JsonProcessingException {
        var index = new Manifest.Index(MediaType.OCI_INDEX, null, List.of(), null, Map.of());

        assertThat(JSON.writeValueAsString(index))
                .isEqualTo(
                        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}".formatted(MediaType.OCI_INDEX));
    }

    @Test
    void aWrongDigestIsAnError() {
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> JSON.readValue("\"sha256:0\"", Digest.class))
                .withRootCauseInstanceOf(InvalidReferenceException.class);
    }
}
