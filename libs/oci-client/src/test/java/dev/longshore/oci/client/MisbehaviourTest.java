package dev.longshore.oci.client;

import static dev.longshore.oci.client.ClientFixture.await;
import static dev.longshore.oci.client.ClientFixture.digest;
import static dev.longshore.oci.client.ClientFixture.put;
import static dev.longshore.oci.client.ClientFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference.Pinned;
import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.RegistryException.TooLarge;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.oci.client.http.Timeouts;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehaviourTest {

    private static final String MANIFEST = "/v2/shop/api/manifests/.*";
    private static final Tagged LATEST = new Tagged("shop/api", "latest");
    private static final Timeouts IMPATIENT = new Timeouts(
            Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), 1);

    @RegisterExtension
    final ClientFixture clients = new ClientFixture();

    private final TestImage image = TestImages.image("to be read");
    private ScriptedRegistry registry;
    private RegistryClient client;

    @BeforeEach
    void start() {
        registry = ScriptedRegistry.start();
        registry.hold("shop/api", "latest", image);
        client = clients.client(registry.uri());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void comesBackWhenTheRegistrySaid() {
        registry.answer("GET", MANIFEST, 1, Reply.tooManyRequests("1"));
        var begun = System.nanoTime();

        var found = await(client.getManifest(LATEST));

        assertThat(found).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(registry.requests("GET", MANIFEST)).hasSize(2);
    }

    @Test
    void leavesTheRegistryAloneForLongIfItSaysSo() {
        var inAnHour = Instant.now().plusSeconds(3600).atOffset(ZoneOffset.UTC);
        registry.answer(
                "GET", MANIFEST, 1, Reply.tooManyRequests(DateTimeFormatter.RFC_1123_DATE_TIME.format(inAnHour)));

        var first = catchThrowableOfType(Unavailable.class, () -> await(client.getManifest(LATEST)));
        var second = catchThrowableOfType(Unavailable.class, () -> await(client.ping()));

        assertThat(first.isThrottled()).isTrue();
        assertThat(first.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(first)
                .hasMessage("Could not read the manifest shop/api:latest: the registry answered 429"
                        + " TOOMANYREQUESTS (slow down)");
        assertThat(second.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(registry.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void asksAgainWhatIsSafe(int status) {
        registry.answer("GET", MANIFEST, 2, Reply.html(status));

        assertThat(await(client.getManifest(LATEST))).isPresent();
    }

    @Test
    void givesUpAfterThreeAttempts() {
        registry.answer("GET", MANIFEST, ScriptedRegistry.ALWAYS, Reply.dropped());

        var failure = catchThrowableOfType(Unavailable.class, () -> await(client.getManifest(LATEST)));

        assertThat(failure).hasMessage("Could not read the manifest shop/api:latest: the connection was closed");
        assertThat(failure.status()).isEmpty();
        assertThat(registry.requests("GET", MANIFEST)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void survivesADroppedConnection() {
        registry.answer("GET", MANIFEST, 1, Reply.dropped());

        assertThat(await(client.getManifest(LATEST))).isPresent();
    }

    @Test
    void doesNotPushAManifestAgainButLooksWhetherItArrived() {
        registry.distort("PUT", MANIFEST, 1, _ -> Reply.dropped());

        var pushed = put(client, new Tagged("shop/api", "again"), image);

        assertThat(pushed.digest()).isEqualTo(digest(image));
        assertThat(registry.requests("PUT", MANIFEST)).hasSize(1);
    }

    @Test
    void saysThatAPushMayNotHaveArrived() {
        registry.answer("PUT", MANIFEST, ScriptedRegistry.ALWAYS, Reply.dropped());

        var failure =
                catchThrowableOfType(Unavailable.class, () -> put(client, new Tagged("shop/api", "never"), image));

        assertThat(failure).hasMessage("Could not push the manifest shop/api:never: the connection was closed");
        assertThat(registry.requests("PUT", MANIFEST)).hasSize(1);
    }

    @Test
    void doesNotDeleteTwice() {
        registry.answer("DELETE", MANIFEST, ScriptedRegistry.ALWAYS, Reply.of(500));

        catchThrowableOfType(
                Unavailable.class, () -> await(client.deleteManifest(new Pinned("shop/api", digest(image)))));

        assertThat(registry.requests("DELETE", MANIFEST)).hasSize(1);
    }

    @Test
    void noticesOtherBytesUnderADigest() {
        var other = TestImages.image("another");
        registry.distort(
                "GET",
                MANIFEST,
                ScriptedRegistry.ALWAYS,
                proper -> proper.withBody(other.manifest().bytes()));

        var byTag = catchThrowableOfType(DigestMismatch.class, () -> await(client.getManifest(LATEST)));
        registry.behave()
                .distort(
                        "GET",
                        MANIFEST,
                        1,
                        _ -> Reply.of(200, other.mediaType(), other.manifest().bytes()));
        var byDigest = catchThrowableOfType(
                DigestMismatch.class, () -> await(client.getManifest(new Pinned("shop/api", digest(image)))));

        assertThat(byTag).hasMessageEndingWith("the content is " + other.digest() + ", not " + image.digest());
        assertThat(byDigest).hasMessageEndingWith("the content is " + other.digest() + ", not " + image.digest());
    }

    @Test
    void noticesOtherBytesInABlob() {
        var blob = image.blobs().getLast();
        var changed = blob.bytes().clone();
        changed[10]++;
        registry.distort("GET", "/v2/shop/api/blobs/.*", 1, proper -> proper.withBody(changed));

        var opened =
                await(client.getBlob("shop/api", Digest.parse(blob.digest()))).orElseThrow();

        assertThat(catchThrowableOfType(DigestMismatch.class, () -> read(opened)))
                .hasMessageStartingWith("Could not read the blob shop/api@" + blob.digest());
    }

    @Test
    void noticesABlobThatBreaksOff() {
        registry.hold("shop/api", "noise", TestImages.imageOfSize(500_000, 1));
        var blob = TestImages.imageOfSize(500_000, 1).blobs().getLast();
        registry.distort("GET", "/v2/shop/api/blobs/.*", 1, proper -> proper.cutAfter(100_000));

        var opened =
                await(client.getBlob("shop/api", Digest.parse(blob.digest()))).orElseThrow();

        assertThat(catchThrowableOfType(Unavailable.class, () -> read(opened)))
                .hasMessageContaining("the connection was closed");
    }

    @Test
    void doesNotWalkInCircles() {
        registry.distort(
                "GET",
                "/v2/shop/api/tags/list",
                ScriptedRegistry.ALWAYS,
                proper -> proper.with(
                        "Link", "</v2/shop/api/tags/list?n=1000&last=" + System.nanoTime() + ">; rel=\"next\""));

        assertThat(catchThrowableOfType(
                        InvalidAnswer.class,
                        () -> await(client.tags("shop/api").collect().asList())))
                .hasMessage("Could not list the tags of shop/api: the registry's list has no end");
        assertThat(registry.requests()).hasSizeLessThan(5);
    }

    @Test
    void doesNotFollowAListToAnotherHost() {
        registry.distort(
                "GET",
                "/v2/shop/api/tags/list",
                1,
                proper -> proper.with("Link", "<http://127.0.0.1:1/v2/shop/api/tags/list>; rel=\"next\""));

        assertThat(catchThrowableOfType(
                        InvalidAnswer.class,
                        () -> await(client.tags("shop/api").collect().asList())))
                .hasMessageEndingWith("the next page is said to be on another host");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 403})
    void recognizesAWebSite(int status) {
        registry.answer("GET", ".*", ScriptedRegistry.ALWAYS, Reply.html(status));

        assertThat(catchThrowableOfType(InvalidAnswer.class, () -> await(client.ping())))
                .hasMessage("Could not reach the registry at %s: %s answers HTML (status %d), not the registry API"
                        .formatted(registry.uri(), registry.uri().getAuthority(), status));
        assertThat(catchThrowableOfType(InvalidAnswer.class, () -> await(client.getManifest(LATEST))))
                .isNotNull();
    }

    @Test
    void doesNotWaitForever() {
        registry.distort("GET", MANIFEST, 1, proper -> proper.after(Duration.ofSeconds(5)));
        var impatient = clients.client(registry.uri(), options -> options.withTimeouts(IMPATIENT));

        assertThat(catchThrowableOfType(Unavailable.class, () -> await(impatient.getManifest(LATEST))))
                .hasMessage("Could not read the manifest shop/api:latest: the registry did not answer in time");
    }

    @Test
    void stopsReadingAManifestThatIsTooLarge() {
        var large = " ".repeat(ManifestCalls.LARGEST_MANIFEST + 1).getBytes(StandardCharsets.UTF_8);
        registry.distort("GET", MANIFEST, 1, proper -> proper.withBody(large));

        assertThat(catchThrowableOfType(TooLarge.class, () -> await(client.getManifest(LATEST))))
                .hasMessageEndingWith("the answer has more than 4194304 bytes");
    }

    @Test
    void readsTheDigestFromTheBytesIfTheRegistryDoesNotTell() {
        registry.distort("HEAD", MANIFEST, 1, proper -> Reply.of(200).with("Content-Length", "0"));

        assertThat(await(client.headManifest(LATEST)).orElseThrow().digest()).isEqualTo(digest(image));
    }

    @Test
    void saysWhatTheRegistrySaid() {
        registry.answer("GET", MANIFEST, 1, Reply.error(403, "DENIED", "no\\nentry"));

        var failure = catchThrowableOfType(Rejected.class, () -> await(client.getManifest(LATEST)));

        assertThat(failure)
                .hasMessage("Could not read the manifest shop/api:latest: the registry answered 403 DENIED (no entry)");
        assertThat(failure.isDenied()).isTrue();
        assertThat(failure.code()).isEqualTo("DENIED");
    }

    @Test
    void saysThatNobodyIsThere() {
        var nobody = clients.client(URI.create("http://127.0.0.1:1"), options -> options.withTimeouts(IMPATIENT));

        assertThat(catchThrowableOfType(Unavailable.class, () -> await(nobody.ping())))
                .hasMessage("Could not reach the registry at http://127.0.0.1:1: the connection was refused");
    }
}
