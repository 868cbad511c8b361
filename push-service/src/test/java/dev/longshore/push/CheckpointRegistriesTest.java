package dev.longshore.push;

import static dev.longshore.push.Sight.authorized;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.Digest;
import dev.longshore.push.checkpoint.archive.Archives;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushed to real registries, and looked at by somebody else's client. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class CheckpointRegistriesTest {

    private static final List<String> ANNOTATIONS = List.of(
            "io.kubernetes.cri-o.annotations.checkpoint.name",
            "org.criu.checkpoint.container.name",
            "io.podman.annotations.checkpoint.name");

    @ParameterizedTest
    @EnumSource
    void theLayerIsTheFileAndTheAnnotationsAreThere(Kind kind) throws Exception {
        Assumptions.assumeTrue(RegistryProcess.isAvailable(kind));
        var name = "real-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (var registry = RegistryProcess.of(kind).start()) {
            World.OTHERS.registry(name, registry.uri(), "enforce");
            for (var archive : List.of(
                    "crio-minimal-mounts.tar",
                    "crio-minimal-mounts.tar.gz",
                    "crio-minimal-mounts.tar.zst",
                    "containerd-minimal-mounts.tar",
                    Archives.PODMAN,
                    "podman-default-is-zstd-though-named.tar.gz")) {
                var pushed = pushed(name, archive);

                var address = registry.uri().getAuthority() + "/"
                        + pushed.getString("reference").split("/", 2)[1];
                var manifest = skopeo("inspect", "--raw", address);
                var layer = manifest.path("layers").path(0);
                assertThat(manifest.path("layers")).hasSize(1);
                assertThat(layer.path("digest").asText())
                        .isEqualTo(Digest.of(Archives.bytes(archive)).toString());
                assertThat(ANNOTATIONS)
                        .allSatisfy(key -> assertThat(
                                        manifest.path("annotations").path(key).asText())
                                .isEqualTo("counter"));
                assertThat(manifest.at("/annotations/io.podman.annotations.checkpoint.runtime.name")
                                .asText())
                        .isEqualTo("runc");
                var config = skopeo("inspect", "--config", address);
                assertThat(config.path("created").asText()).isEqualTo(pushed.getString("checkpoint.checkpointedAt"));
                assertThat(config.at("/rootfs/diff_ids/0").asText()).isEqualTo(pushed.getString("archive.diffId"));
                assertThat(config.path("architecture").asText()).isEqualTo("amd64");
            }
        }
    }

    @Test
    void aRegistryThatIsFullIsSaidSoAtOnce() {
        try (var registry = ScriptedRegistry.start()) {
            World.OTHERS.registry("full", registry.uri(), "enforce");
            registry.answer("PUT", "/v2/.*/blobs/uploads/.*", 100, Reply.json(500, """
                            {"errors": [{"code": "UNKNOWN", "message": "unknown error", "detail":
                              {"DriverName": "filesystem", "Enclosed": {"Op": "write", "Path": "/data", "Err": 28}}}]}"""));

            var ended = ended(upload("full", Archives.PODMAN));

            assertThat(ended.getString("error.code")).isEqualTo("registry-full");
            assertThat(ended.getString("error.reason")).contains("no space left");
        }
    }

    @Test
    void aRegistryThatIsAwayIsTriedAgainAndThenGivenUp() {
        World.OTHERS.registry("away", URI.create("http://127.0.0.1:9"), "enforce");

        var ended = ended(upload("away", Archives.PODMAN));

        assertThat(ended.getString("error.code")).isEqualTo("registry-unreachable");
    }

    private static JsonPath pushed(String registry, String archive) {
        var ended = ended(upload(registry, archive));
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("succeeded");
        return ended;
    }

    /** The registry's configuration travels another way, and may come a little later. */
    private static String upload(String registry, String archive) {
        var id = new String[1];
        eventually(() -> id[0] = authorized()
                .multiPart("archive", Archives.FOLDER.resolve(archive).toFile())
                .multiPart("registry", registry)
                .post("/api/v1/checkpoints")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
        return id[0];
    }

    private static JsonPath ended(String id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(show(id).getString("state")).isIn("succeeded", "failed"));
        return show(id);
    }

    private static JsonPath show(String id) {
        return authorized().get("/api/v1/checkpoints/" + id).then().extract().jsonPath();
    }

    private static JsonNode skopeo(String command, String option, String address) throws Exception {
        var process = new ProcessBuilder("skopeo", command, option, "--tls-verify=false", "docker://" + address)
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return new ObjectMapper().readTree(said);
    }
}
