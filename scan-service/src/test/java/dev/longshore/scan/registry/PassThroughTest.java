package dev.longshore.scan.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.oci.Digest;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.scan.Infra;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class PassThroughTest {

    private static final String REPOSITORY = "shop/api";

    @Inject
    Vertx vertx;

    @Inject
    PassThrough passThrough;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestImage image;
    private ScriptedRegistry registry;
    private RegistryClient client;
    private Session session;

    @BeforeEach
    void open() {
        image = TestImages.imageOfSize(3_000_000, 1);
        registry = ScriptedRegistry.start();
        registry.hold(REPOSITORY, "1.0", image);
        registry.hold("other/api", "1.0", image);
        client = RegistryClient.create(
                vertx, RegistryClientOptions.of(registry.uri()).withAddressGuard(AddressGuard.of(true)));
        var manifest = new FetchedManifest(
                image.mediaType(),
                Digest.parse(image.digest()),
                image.manifest().bytes());
        session = passThrough.open(client, REPOSITORY, manifest).await().atMost(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        session.close();
        client.close();
        registry.close();
    }

    @Test
    void givesManifestsAndBlobsOfTheRepository() throws Exception {
        var blob = image.blobs().getLast();

        assertThat(get("/v2/").statusCode()).isEqualTo(200);
        var manifest = get("/v2/shop/api/manifests/" + image.digest());
        assertThat(manifest.body()).isEqualTo(image.manifest().bytes());
        assertThat(manifest.headers().firstValue("content-type")).contains(image.mediaType());
        assertThat(get("/v2/shop/api/manifests/1.0").body())
                .isEqualTo(image.manifest().bytes());
        var answer = get("/v2/shop/api/blobs/" + blob.digest());
        assertThat(answer.body()).isEqualTo(blob.bytes());
        assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(blob.bytes().length);
        assertThat(session.failure()).isEmpty();
    }

    @Test
    void answersHeadsAndRanges() throws Exception {
        var blob = image.blobs().getLast();

        var head = send(
                request("/v2/shop/api/blobs/" + blob.digest()).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("content-length")).hasValue(blob.bytes().length);
        var rest = send(request("/v2/shop/api/blobs/" + blob.digest()).header("Range", "bytes=1000000-"));
        assertThat(rest.body())
                .endsWith(Arrays.copyOfRange(blob.bytes(), 2_000_000, blob.bytes().length))
                .hasSizeLessThanOrEqualTo(blob.bytes().length);
        assertThat(rest.statusCode() == 206).isEqualTo(rest.body().length == blob.bytes().length - 1_000_000);
    }

    @Test
    void letsNobodyInWithoutTheTokenOfTheTask() throws Exception {
        var uri = uri("/v2/shop/api/manifests/1.0");
        var login = session.username() + ":" + session.password();

        assertThat(status(HttpRequest.newBuilder(uri))).isEqualTo(401);
        assertThat(status(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + session.password())))
                .isEqualTo(401);
        assertThat(status(HttpRequest.newBuilder(uri).header("Authorization", basic(login + "x"))))
                .isEqualTo(401);
        assertThat(status(HttpRequest.newBuilder(uri).header("Authorization", basic("scan:" + session.password()))))
                .isEqualTo(401);
        assertThat(status(HttpRequest.newBuilder(uri).header("Authorization", "Basic %%%")))
                .isEqualTo(401);
        assertThat(status(HttpRequest.newBuilder(uri).header("Authorization", basic(login))))
                .isEqualTo(200);
        session.close();
        assertThat(status(HttpRequest.newBuilder(uri).header("Authorization", basic(login))))
                .isEqualTo(401);
    }

    @Test
    void givesNothingElse() throws Exception {
        registry.forgetRequests();

        assertThat(get("/v2/other/api/manifests/1.0").statusCode()).isEqualTo(404);
        assertThat(get("/v2/_catalog").statusCode()).isEqualTo(404);
        assertThat(get("/v2/shop/api/tags/list").statusCode()).isEqualTo(404);
        assertThat(get("/v2/shop/api/blobs/../../other/api/manifests/1.0").statusCode())
                .isEqualTo(404);
        assertThat(status(request("/v2/shop/api/manifests/1.0").PUT(HttpRequest.BodyPublishers.ofString("{}"))))
                .isEqualTo(405);
        assertThat(status(request("/v2/shop/api/manifests/1.0").DELETE())).isEqualTo(405);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void remembersWhatTheRegistryDidNotGive() throws Exception {
        var blob = "/v2/shop/api/blobs/" + image.blobs().getLast().digest();
        registry.answer("GET", blob, ScriptedRegistry.ALWAYS, Reply.error(404, "BLOB_UNKNOWN", "gone"));

        assertThat(get(blob).statusCode()).isEqualTo(404);

        assertThat(session.failure())
                .get()
                .extracting(failure -> failure.code())
                .isEqualTo(FailureCode.LAYER_MISSING);
    }

    @Test
    void cutsABlobThatEndsEarly() throws Exception {
        var blob = "/v2/shop/api/blobs/" + image.blobs().getLast().digest();
        registry.distort("GET", blob, ScriptedRegistry.ALWAYS, reply -> reply.cutAfter(100_000));

        var cut = false;
        try {
            cut = get(blob).statusCode() >= 500;
        } catch (IOException _) {
            cut = true;
        }

        assertThat(cut).isTrue();
        assertThat(session.failure())
                .get()
                .extracting(failure -> failure.code())
                .isEqualTo(FailureCode.REGISTRY_UNREACHABLE);
    }

    @Test
    void seesABlobToItsEndThoughTheScannerHangsUp() throws Exception {
        // Given
        var blob = image.blobs().getLast();
        var path = "/v2/shop/api/blobs/" + blob.digest();
        var other = TestImages.imageOfSize(3_000_000, 2).blobs().getLast();
        registry.answer("GET", path, 1, Reply.of(200, blob.mediaType(), other.bytes()));

        // When
        try (var scanner = new Socket()) {
            // A small buffer, so that it is in the middle of the blob; bare, because Java's client forgets what it has
            // when the other side hangs up first.
            scanner.setReceiveBufferSize(4096);
            scanner.connect(new InetSocketAddress(uri(path).getHost(), uri(path).getPort()));
            var login = basic(session.username() + ":" + session.password());
            scanner.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: a\r\nAuthorization: %s\r\n\r\n"
                            .formatted(path, login)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(scanner.getInputStream().readNBytes(1000)).hasSize(1000);
        }

        // Then
        assertThatThrownBy(() -> session.settled().await().atMost(Duration.ofSeconds(10)))
                .isInstanceOf(ScanFailedException.class)
                .extracting(failure -> ((ScanFailedException) failure).code())
                .isEqualTo(FailureCode.DIGEST_MISMATCH);
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request).statusCode();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", basic(session.username() + ":" + session.password()));
    }

    private URI uri(String path) {
        return URI.create("http://" + session.address() + path);
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
