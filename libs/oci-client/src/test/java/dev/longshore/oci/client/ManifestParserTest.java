package dev.longshore.oci.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.oci.InvalidManifestException;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.MediaType;
import dev.longshore.testkit.registry.TestImages;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestParserTest {

    private static final String BLOB =
            "{'mediaType':'x/y','digest':'sha256:" + "a".repeat(64) + "','size':3,'unknown':{'a':1}}";

    @Test
    void readsAReferrer() {
        var subject = TestImages.image("subject");
        var referrer = TestImages.referrer(subject, "application/vnd.example.sbom", "{}");

        var parsed =
                ManifestParser.parse(referrer.mediaType(), referrer.manifest().bytes());

        assertThat(parsed.artifactType()).isEqualTo("application/vnd.example.sbom");
        assertThat(parsed.subject()).isNotNull();
        assertThat(parsed.subject().digest()).hasToString(subject.digest());
        assertThat(parsed.annotations()).containsEntry("dev.longshore.test", "referrer");
    }

    @Test
    void tellsTheKindByTheShapeIfNobodySays() {
        var index = json("{'schemaVersion':2,'manifests':[" + BLOB + "]}");
        var image = json("{'schemaVersion':2,'config':" + BLOB + ",'layers':null}");

        assertThat(ManifestParser.parse("application/json", index)).isInstanceOf(Manifest.Index.class);
        assertThat(ManifestParser.parse("", image)).isInstanceOf(Manifest.Image.class);
    }

    @Test
    void ignoresTheContentTypesParameters() {
        var image = json("{'schemaVersion':2,'config':" + BLOB + ",'layers':[]}");

        assertThat(ManifestParser.parse(MediaType.OCI_MANIFEST + "; charset=utf-8", image)
                        .mediaType())
                .isEqualTo(MediaType.OCI_MANIFEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | is not a JSON object",
                "nonsense | is not JSON",
                "{'schemaVersion':1} | has schema version 1; only 2 is supported",
                "{} | has schema version 0; only 2 is supported",
                "{'schemaVersion':2} | has no config",
                "{'schemaVersion':2,'mediaType':'application/vnd.oci.image.index.v1+json','manifests':[]} | says that it is",
                "{'schemaVersion':2,'config':B,'manifests':[]} | has manifests, as only an index has",
                "{'schemaVersion':2,'config':B,'layers':{}} | layers are not a list",
                "{'schemaVersion':2,'config':{'mediaType':'x','size':1,'digest':'sha256:1'},'layers':[]} | a descriptor that is none",
                "{'schemaVersion':2,'config':{'mediaType':'x','size':-1,'digest':'sha256:1'},'layers':[]} | a descriptor that is none",
                "{'schemaVersion':2,'config':{'mediaType':'x'},'layers':[]} | a descriptor without a size",
                "{'schemaVersion':2,'schemaVersion':2,'config':B,'layers':[]} | is not JSON",
            })
    void refusesWhatIsNoManifest(String document, String reason) {
        assertThatExceptionOfType(InvalidManifestException.class)
                .isThrownBy(() -> ManifestParser.parse(MediaType.OCI_MANIFEST, json(document.replace("B", BLOB))))
                .withMessageContaining(reason);
    }

    @Test
    void refusesAnIndexWithLayers() {
        var both = json("{'schemaVersion':2,'manifests':[],'layers':[]}");

        assertThatExceptionOfType(InvalidManifestException.class)
                .isThrownBy(() -> ManifestParser.parse(MediaType.OCI_INDEX, both))
                .withMessage("The index has a config or layers, as only an image has");
    }

    @Property(tries = 300)
    void failsOnlyAsPromised(@ForAll @StringLength(max = 80) String text) {
        try {
            ManifestParser.parse(MediaType.OCI_MANIFEST, text.getBytes(UTF_8));
        } catch (InvalidManifestException expected) {
            assertThat(expected).hasMessageStartingWith("The manifest");
        }
    }

    private static byte[] json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"').getBytes(UTF_8);
    }
}
