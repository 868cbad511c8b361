package dev.longshore.oci.client;

import static dev.longshore.oci.client.ClientFixture.await;
import static dev.longshore.oci.client.ClientFixture.content;
import static dev.longshore.oci.client.ClientFixture.descriptor;
import static dev.longshore.oci.client.ClientFixture.digest;
import static dev.longshore.oci.client.ClientFixture.push;
import static dev.longshore.oci.client.ClientFixture.put;
import static dev.longshore.oci.client.ClientFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.Reference.Pinned;
import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.http.RegistryException.DigestMismatch;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.testkit.registry.TestContent;
import dev.longshore.testkit.registry.TestImages;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the client promises of every registry; the same on real ones and on the scripted one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryContractTest {

    @RegisterExtension
    final ClientFixture clients = new ClientFixture();

    private RegistryClient client;

    abstract URI uri();

    /** Not every registry lists its repositories, or deletes a tag without its manifest. */
    boolean hasCatalogue() {
        return true;
    }

    boolean deletesTags() {
        return true;
    }

    boolean hasReferrers() {
        return true;
    }

    boolean checksBlobsOfManifests() {
        return true;
    }

    @BeforeEach
    void connect() {
        client = client == null ? clients.client(uri()) : client;
    }

    @Test
    void isReached() {
        await(client.ping());
    }

    @Test
    void answersEmptyForWhatIsNotThere() {
        var nothing = Digest.of(new byte[] {1, 2, 3});
        assertThat(await(client.headManifest(new Tagged("absent/one", "latest"))))
                .isEmpty();
        assertThat(await(client.getManifest(new Tagged("absent/one", "latest"))))
                .isEmpty();
        assertThat(await(client.getManifest(new Pinned("absent/one", nothing)))).isEmpty();
        assertThat(await(client.headBlob("absent/one", nothing))).isEmpty();
        assertThat(await(client.getBlob("absent/one", nothing))).isEmpty();
        assertThat(await(client.tags("absent/one").collect().asList())).isEmpty();
        assertThat(await(client.referrers("absent/one", nothing)).descriptors()).isEmpty();
        assertThat(await(client.deleteManifest(new Pinned("absent/one", nothing))))
                .isFalse();
    }

    @Test
    void readsBackTheVeryBytesOfAnImage() {
        var image = TestImages.image("bytes");
        push(client, "a/b/c_d--e.f/deep", "v1.2-rc_3", image);

        var byTag = await(client.getManifest(new Tagged("a/b/c_d--e.f/deep", "v1.2-rc_3")))
                .orElseThrow();
        var byDigest = await(client.getManifest(new Pinned("a/b/c_d--e.f/deep", digest(image))))
                .orElseThrow();
        var head = await(client.headManifest(new Tagged("a/b/c_d--e.f/deep", "v1.2-rc_3")));

        assertThat(byTag.content()).isEqualTo(image.manifest().bytes());
        assertThat(byTag.digest()).isEqualTo(digest(image));
        assertThat(byDigest).isEqualTo(byTag);
        assertThat(head).contains(byTag.descriptor());
        assertThat(byTag.manifest())
                .isInstanceOfSatisfying(
                        Manifest.Image.class,
                        manifest -> assertThat(manifest.blobs())
                                .isEqualTo(image.blobs().stream()
                                        .map(ClientFixture::descriptor)
                                        .toList()));
    }

    @Test
    void takesDockerImagesAndManifestLists() {
        var list = TestImages.dockerList(TestImages.dockerImage("one"), TestImages.dockerImage("two"));
        push(client, "docker/list", "latest", list);

        var found =
                await(client.getManifest(new Tagged("docker/list", "latest"))).orElseThrow();

        assertThat(found.mediaType()).isEqualTo(list.mediaType());
        assertThat(found.manifest())
                .isInstanceOfSatisfying(
                        Manifest.Index.class,
                        index -> assertThat(index.manifests())
                                .extracting(Descriptor::digest)
                                .containsExactlyElementsOf(list.children().stream()
                                        .map(ClientFixture::digest)
                                        .toList()));
    }

    @Test
    void takesAnIndexWithItsPlatforms() {
        var index = TestImages.index("platforms");
        push(client, "shop/multi", "latest", index);

        var found =
                await(client.getManifest(new Tagged("shop/multi", "latest"))).orElseThrow();

        assertThat(found.manifest())
                .isInstanceOfSatisfying(
                        Manifest.Index.class,
                        read -> assertThat(read.manifests())
                                .extracting(child -> String.valueOf(child.platform()))
                                .containsExactly("linux/amd64", "linux/arm64"));
    }

    @Test
    void streamsABlobBothWays() {
        var blob = new TestContent("application/octet-stream", noise(3_000_000));
        await(client.putBlob("content/both", descriptor(blob), content(blob)));

        assertThat(await(client.headBlob("content/both", Digest.parse(blob.digest()))))
                .contains(3_000_000L);
        assertThat(await(client.getSmallBlob("content/both", Digest.parse(blob.digest()), 4_000_000))
                        .orElseThrow())
                .isEqualTo(blob.bytes());
        assertThat(read(await(client.getBlob("content/both", Digest.parse(blob.digest())))
                        .orElseThrow()))
                .isEqualTo(blob.bytes());
    }

    @Test
    void losesNothingOfManySmallBlobs() {
        var blob = new TestContent("application/octet-stream", noise(20));
        await(client.putBlob("content/small", descriptor(blob), content(blob)));

        for (var i = 0; i < 300; i++) {
            assertThat(read(await(client.getBlob("content/small", Digest.parse(blob.digest())))
                            .orElseThrow()))
                    .isEqualTo(blob.bytes());
        }
    }

    @Test
    void readsTheRestOfABlob() {
        var blob = new TestContent("application/octet-stream", noise(10_000));
        await(client.putBlob("content/rest", descriptor(blob), content(blob)));

        var rest = await(client.getBlob("content/rest", Digest.parse(blob.digest()), 4_000))
                .orElseThrow();

        assertThat(rest.offset()).isEqualTo(4_000);
        assertThat(read(rest)).isEqualTo(Arrays.copyOfRange(blob.bytes(), 4_000, 10_000));
    }

    @Test
    void refusesToPushContentThatIsNotWhatItsDescriptorSays() {
        var blob = new TestContent("application/octet-stream", noise(5_000));
        var other = new TestContent("application/octet-stream", noise(5_001));
        var named = Descriptor.of(blob.mediaType(), Digest.parse(other.digest()), 5_000);

        assertThatExceptionOfType(DigestMismatch.class)
                .isThrownBy(() -> await(client.putBlob("content/wrong", named, content(blob))));
        assertThat(await(client.headBlob("content/wrong", named.digest()))).isEmpty();
    }

    @Test
    void pushesAnEmptyBlob() {
        var blob = new TestContent("application/octet-stream", new byte[0]);
        await(client.putBlob("content/empty", descriptor(blob), content(blob)));

        assertThat(read(await(client.getBlob("content/empty", Digest.parse(blob.digest())))
                        .orElseThrow()))
                .isEmpty();
    }

    @Test
    void mountsABlobFromAnotherRepository() {
        var blob = descriptor(new TestContent("application/octet-stream", noise(2_000)));
        await(client.putBlob("mount/from", blob.mediaType(), noise(2_000)));

        assertThat(await(client.mountBlob("mount/to", blob.digest(), "mount/from")))
                .isTrue();
        assertThat(await(client.headBlob("mount/to", blob.digest()))).contains(2_000L);
        assertThat(await(client.mountBlob("mount/to", Digest.of(new byte[] {9}), "mount/from")))
                .isFalse();
    }

    @Test
    void copiesABlobOnceAndThenFindsIt() {
        var blob = descriptor(new TestContent("application/octet-stream", noise(700_000)));
        await(client.putBlob("copy/from", blob.mediaType(), noise(700_000)));
        var copier = new BlobCopier(client, client);

        assertThat(await(copier.copy("copy/from", "copy/to", blob, Optional.empty())))
                .isEqualTo(BlobCopier.Outcome.COPIED);
        assertThat(await(copier.copy("copy/from", "copy/to", blob, Optional.empty())))
                .isEqualTo(BlobCopier.Outcome.PRESENT);
        assertThat(await(copier.copy("copy/from", "copy/third", blob, Optional.of("copy/from"))))
                .isEqualTo(BlobCopier.Outcome.MOUNTED);
        assertThat(await(client.headBlob("copy/to", blob.digest()))).contains(700_000L);
    }

    @Test
    void saysThatTheBlobToCopyIsMissing() {
        var absent = Descriptor.of("application/octet-stream", Digest.of(new byte[] {7}), 1);

        var failure = catchThrowableOfType(
                Rejected.class,
                () -> await(new BlobCopier(client, client).copy("copy/from", "copy/to", absent, Optional.empty())));

        assertThat(failure.isNotFound()).isTrue();
        assertThat(failure).hasMessageStartingWith("Could not read the blob copy/from@sha256:");
    }

    @Test
    void deletesAManifestWithItsTags() {
        var image = TestImages.image("to be deleted");
        push(client, "delete/manifest", "latest", image);
        var pinned = new Pinned("delete/manifest", digest(image));

        assertThat(await(client.deleteManifest(pinned))).isTrue();
        assertThat(await(client.deleteManifest(pinned))).isFalse();
        assertThat(await(client.headManifest(new Tagged("delete/manifest", "latest"))))
                .isEmpty();
    }

    @Test
    void deletesATagAndKeepsItsManifestOrSaysThatItCannot() {
        var image = TestImages.image("keeps its manifest");
        push(client, "delete/tag", "one", image);
        push(client, "delete/tag", "two", image);
        var tag = new Tagged("delete/tag", "one");
        if (!deletesTags()) {
            var failure = catchThrowableOfType(Rejected.class, () -> await(client.deleteTag(tag)));
            assertThat(failure.isUnsupported()).isTrue();
            return;
        }

        assertThat(await(client.deleteTag(tag))).isTrue();

        assertThat(await(client.deleteTag(tag))).isFalse();
        assertThat(await(client.tags("delete/tag").collect().asList())).containsExactly("two");
        assertThat(await(client.headManifest(new Pinned("delete/tag", digest(image)))))
                .isPresent();
    }

    @Test
    void listsAllTags() {
        var image = TestImages.image("with many tags");
        push(client, "many/tags", "t-000", image);
        var expected = IntStream.range(0, 25).mapToObj("t-%03d"::formatted).toList();
        expected.forEach(tag -> put(client, new Tagged("many/tags", tag), image));

        assertThat(await(client.tags("many/tags").collect().asList())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void listsRepositories() {
        assumeTrue(hasCatalogue(), "this registry has no catalogue");
        push(client, "listed/one", "latest", TestImages.image("one"));
        push(client, "listed/two", "latest", TestImages.image("two"));

        assertThat(await(client.repositories().collect().asList())).contains("listed/one", "listed/two");
    }

    @Test
    void keepsReferrersWhereverTheRegistryHasThem() {
        var image = TestImages.image("with a referrer");
        var signature = TestImages.referrer(image, "application/vnd.example.signature", "signed");
        push(client, "with/referrers", "latest", image);
        signature.blobs().forEach(blob -> await(client.putBlob("with/referrers", descriptor(blob), content(blob))));
        var pushed = put(client, new Pinned("with/referrers", digest(signature)), signature);
        var referrer = new FetchedManifest(
                        signature.mediaType(),
                        digest(signature),
                        signature.manifest().bytes())
                .manifest()
                .asReferrer(digest(signature), signature.manifest().bytes().length);
        if (!pushed.subjectAcknowledged()) {
            await(client.addReferrerToFallback("with/referrers", digest(image), referrer));
            await(client.addReferrerToFallback("with/referrers", digest(image), referrer));
        }

        var found = await(client.referrers("with/referrers", digest(image)));

        assertThat(pushed.subjectAcknowledged()).isEqualTo(hasReferrers());
        assertThat(found.source()).isEqualTo(hasReferrers() ? Referrers.Source.API : Referrers.Source.FALLBACK_TAG);
        assertThat(found.descriptors()).extracting(Descriptor::digest).containsExactly(digest(signature));
        assertThat(found.descriptors())
                .extracting(Descriptor::artifactType)
                .containsExactly("application/vnd.example.signature");
    }

    @Test
    void forgetsAReferrerOfTheFallbackTag() {
        assumeTrue(!hasReferrers(), "this registry keeps the list itself");
        var subject = Digest.of(new byte[] {4, 2});
        var one = Descriptor.of("application/vnd.oci.image.manifest.v1+json", pushedImage("r1"), 10);
        var two = Descriptor.of("application/vnd.oci.image.manifest.v1+json", pushedImage("r2"), 20);
        await(client.addReferrerToFallback("fallback/list", subject, one));
        await(client.addReferrerToFallback("fallback/list", subject, two));

        await(client.removeReferrerFromFallback("fallback/list", subject, one.digest()));

        assertThat(await(client.referrers("fallback/list", subject)).descriptors())
                .containsExactly(two);
    }

    @Test
    void passesOnTheRegistrysRefusal() {
        assumeTrue(checksBlobsOfManifests(), "this registry takes manifests whose blobs are missing");
        var image = TestImages.image("whose blobs were never pushed");

        var failure =
                catchThrowableOfType(Rejected.class, () -> put(client, new Tagged("without/content", "latest"), image));

        assertThat(failure.code()).contains("BLOB_UNKNOWN");
        assertThat(failure)
                .hasMessageStartingWith("Could not push the manifest without/content:latest: the registry answered 40");
    }

    private Digest pushedImage(String text) {
        var image = TestImages.image(text);
        push(client, "fallback/list", text, image);
        return digest(image);
    }

    static byte[] noise(int size) {
        var noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }
}
