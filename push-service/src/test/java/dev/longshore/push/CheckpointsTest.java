package dev.longshore.push;

import static dev.longshore.push.Sight.authorized;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.longshore.events.Topic;
import dev.longshore.push.checkpoint.archive.Archives;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class CheckpointsTest {

    private static TestRegistry registry;

    @BeforeAll
    static void register() {
        registry = new TestRegistry("ckpt");
        registry.register();
    }

    @AfterAll
    static void close() {
        registry.close();
    }

    @Test
    void uploadsAnArchiveAndPushesItAsAnImage() throws IOException {
        // Given
        var before = spool();

        // When
        var id = upload("crio-minimal-mounts.tar.gz")
                .statusCode(202)
                .extract()
                .path("id")
                .toString();

        // Then
        var shown = ended(id);
        assertThat(shown.getString("state")).isEqualTo("succeeded");
        assertThat(shown.getString("reference"))
                .startsWith("ckpt/checkpoints/default/counter-pod/counter:20261120T175916Z-");
        assertThat(shown.getString("checkpoint.engine")).isEqualTo("CRI-O");
        assertThat(shown.getString("archive.compression")).isEqualTo("gzip");
        assertThat(shown.getList("checkpoint.leaks.kind", String.class)).contains("environment", "memory");
        assertThat(shown.prettify()).contains("APP_PASSWORD").doesNotContain("fixture-marker-not-a-secret");
        assertThat(registry.process.uri()).isNotNull();
        eventually(() -> authorized()
                .queryParam("reference", shown.getString("reference"))
                .get("/api/v1/images")
                .then()
                .statusCode(200)
                .body("items[0].digest", equalTo(shown.getString("digest")))
                .body("items[0].platforms", contains("linux/amd64")));
        eventually(() -> assertThat(World.OTHERS.messages(Topic.AUDIT, "admin"))
                .extracting(seen -> seen.data().path("action").asText())
                .contains("checkpoint.pushed"));
        authorized().get("/api/v1/executions/" + id).then().body("state", equalTo("succeeded"));
        authorized().get("/api/v1/checkpoints").then().body("items.id", hasItem(id));
        eventually(() -> assertThat(before).containsAll(spool()));
    }

    @Test
    void twoPushesOfOneArchiveAtOnceAreOneImage() {
        // When
        var ids = IntStream.range(0, 2)
                .parallel()
                .mapToObj(_ -> upload("containerd-minimal-mounts.tar")
                        .statusCode(202)
                        .extract()
                        .path("id")
                        .toString())
                .toList();

        // Then
        var first = ended(ids.getFirst());
        var second = ended(ids.getLast());
        assertThat(first.getString("state")).isEqualTo("succeeded");
        assertThat(second.getString("state")).isEqualTo("succeeded");
        assertThat(first.getString("reference")).isEqualTo(second.getString("reference"));
        assertThat(first.getString("digest")).isEqualTo(second.getString("digest"));
    }

    @Test
    void refusesABrokenArchiveWithACodeAndForgetsTheFile() throws IOException {
        // Given
        var before = spool();

        // When
        var id = upload("entry-path-traversal.tar")
                .statusCode(202)
                .extract()
                .path("id")
                .toString();

        // Then
        var shown = ended(id);
        assertThat(shown.getString("state")).isEqualTo("failed");
        assertThat(shown.getString("error.code")).isEqualTo("checkpoint-unsafe");
        assertThat(shown.getString("error.reason")).contains("leads out of the archive");
        eventually(() -> assertThat(before).containsAll(spool()));
    }

    @Test
    void saysWhatIsWrongWithAForm() throws IOException {
        var before = spool();
        authorized()
                .multiPart("archive", Archives.FOLDER.resolve(Archives.PODMAN).toFile())
                .multiPart("registry", "nowhere")
                .post("/api/v1/checkpoints")
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"))
                .body("errors[0].pointer", equalTo("/registry"));
        authorized()
                .multiPart("registry", "ckpt")
                .post("/api/v1/checkpoints")
                .then()
                .statusCode(400)
                .body("detail", containsString("no file 'archive'"));
        authorized()
                .multiPart("archive", "x.tar", new byte[] {1})
                .multiPart("registry", "ckpt")
                .multiPart("colour", "blue")
                .post("/api/v1/checkpoints")
                .then()
                .statusCode(400)
                .body("code", equalTo("unknown-field"));
        authorized()
                .contentType("application/json")
                .body(new byte[5 << 20])
                .post("/api/v1/checkpoints")
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"));
        eventually(() -> assertThat(before).containsAll(spool()));
    }

    @Test
    void takesWhatLiesInTheFolderAndNothingElse() throws IOException {
        // Given
        var folder = Files.createDirectories(Infra.HOME.resolve("checkpoints/pod-1"));
        Files.write(folder.resolve("c.tar"), Archives.bytes(Archives.PODMAN));
        Files.write(Infra.HOME.resolve("secret.tar"), Archives.bytes(Archives.PODMAN));
        Files.deleteIfExists(folder.resolve("out.tar"));
        Files.createSymbolicLink(folder.resolve("out.tar"), Infra.HOME.resolve("secret.tar"));

        // Then
        var id = byPath("""
                {"path": "pod-1/c.tar", "registry": "ckpt", "repository": "shop/web", "tag": "live"}""")
                .statusCode(202)
                .header("Location", containsString("/api/v1/checkpoints/psh-"))
                .extract()
                .path("id")
                .toString();
        var shown = ended(id);
        assertThat(shown.getString("reference")).isEqualTo("ckpt/shop/web:live");
        assertThat(folder.resolve("c.tar")).exists();
        for (var path : new String[] {"../secret.tar", "pod-1/../../secret.tar", "/etc/passwd", "pod-1/out.tar"}) {
            byPath("""
                    {"path": "%s", "registry": "ckpt"}""".formatted(path)).statusCode(400).body("errors[0].pointer", equalTo("/path"));
        }
        byPath("""
                {"path": "pod-1/none.tar", "registry": "ckpt"}""").statusCode(404);
    }

    @Test
    void readsTheDocumentThatSnapWritesBesideAnArchive() throws IOException {
        // Given
        var folder = Files.createDirectories(Infra.HOME.resolve("checkpoints/snap-pod"));
        Files.write(folder.resolve("c.tar"), Archives.bytes(Archives.PODMAN));
        Files.writeString(
                folder.resolve("c.json"), metadata(registry.process.uri().getAuthority()));
        Files.writeString(folder.resolve("other.json"), metadata("other.corp:5000"));

        // When
        var id = byPath("""
                {"path": "snap-pod/c.tar", "registry": "ckpt", "metadata": "snap-pod/c.json"}""").statusCode(202).extract().path("id").toString();

        // Then
        var address = registry.process.uri().getAuthority();
        assertThat(ended(id).getString("address"))
                .isEqualTo("http://%s/snap/prod-default-web:0123abcd-5d4f8c7b9".formatted(address));
        byPath("""
                {"path": "snap-pod/c.tar", "registry": "ckpt", "metadata": "snap-pod/other.json"}""").statusCode(400).body("errors[0].pointer", equalTo("/metadata"));
        byPath("""
                {"path": "snap-pod/c.tar", "registry": "ckpt", "metadata": "snap-pod/none.json"}""").statusCode(404).body("errors[0].pointer", equalTo("/metadata"));
    }

    private static String metadata(String host) {
        return """
                {"image_info": {"registry": "http://%s", "repository": "snap", "original_image_digest": "sha256:0123abcd"},
                 "pod_info": {"cluster": "PROD", "namespace": "default", "app": "web", "pod_template_hash": "5d4f8c7b9"}}""".formatted(host);
    }

    private static ValidatableResponse upload(String name) {
        return authorized()
                .multiPart("archive", Archives.FOLDER.resolve(name).toFile())
                .multiPart("registry", "ckpt")
                .post("/api/v1/checkpoints")
                .then();
    }

    private static ValidatableResponse byPath(String body) {
        return authorized()
                .contentType("application/json")
                .body(body)
                .post("/api/v1/checkpoints")
                .then();
    }

    private static JsonPath ended(String id) {
        eventually(() -> assertThat(show(id).getString("state")).isIn("succeeded", "failed"));
        return show(id);
    }

    private static JsonPath show(String id) {
        return authorized().get("/api/v1/checkpoints/" + id).then().extract().jsonPath();
    }

    private static List<Path> spool() throws IOException {
        try (var files = Files.list(Infra.HOME.resolve("spool/push"))) {
            return files.toList();
        }
    }
}
