package dev.longshore.registries.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.registries.Vendor;
import dev.longshore.registries.deletion.Deletability.Answer;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryDeletesTest {

    private static final String REPOSITORY = "shop/web";
    private static final Vertx VERTX = Vertx.vertx();

    private final List<RegistryClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(RegistryClient::close);
    }

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @ParameterizedTest
    @EnumSource
    void deletesAManifestWithItsTagsAndKnowsBeforehandThatItCan(RegistryProcess.Kind kind) {
        assumeTrue(RegistryProcess.isAvailable(kind));
        try (var registry = RegistryProcess.of(kind).start()) {
            // Given
            var image = TestImages.image("to go");
            TestPush.to(registry.uri()).image(REPOSITORY, "1.0", image);
            var deletes = deletes(registry.uri()).manifests().orElseThrow();

            // When
            var before = await(deletes.probeManifests(REPOSITORY));
            var first = await(deletes.deleteManifest(pinned(image)));
            var second = await(deletes.deleteManifest(pinned(image)));

            // Then
            assertThat(before.answer()).isEqualTo(Answer.YES);
            assertThat(first).isEqualTo(Deletion.DELETED);
            assertThat(second).isEqualTo(Deletion.WAS_GONE);
            assertThat(await(client(registry.uri()).headManifest(new Reference.Tagged(REPOSITORY, "1.0"))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatDeletesAreSwitchedOffAndDeletesNothing(RegistryProcess.Kind kind) {
        assumeTrue(RegistryProcess.isAvailable(kind));
        try (var registry = RegistryProcess.of(kind).withoutDeletes().start()) {
            // Given
            var image = TestImages.image("to stay");
            TestPush.to(registry.uri()).image(REPOSITORY, "1.0", image);
            var deletes = deletes(registry.uri()).manifests().orElseThrow();

            // When
            var before = await(deletes.probeManifests(REPOSITORY));

            // Then
            assertThat(before.answer()).isEqualTo(Answer.NO);
            assertThat(before.reason()).contains("405");
            assertThatThrownBy(() -> await(deletes.deleteManifest(pinned(image))))
                    .isInstanceOf(RegistryException.Rejected.class);
            assertThat(await(client(registry.uri()).headManifest(pinned(image))))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletesATagAloneWhereTheRegistryCan(RegistryProcess.Kind kind) {
        assumeTrue(RegistryProcess.isAvailable(kind));
        try (var registry = RegistryProcess.of(kind).start()) {
            // Given
            var image = TestImages.image("under two tags");
            TestPush.to(registry.uri()).image(REPOSITORY, "old", image);
            TestPush.to(registry.uri()).image(REPOSITORY, "kept", image);
            var deletes = deletes(registry.uri()).tags().orElseThrow();

            // When
            var before = await(deletes.probeTags(REPOSITORY));

            // Then
            if (kind == RegistryProcess.Kind.DISTRIBUTION_2) {
                assertThat(before.answer()).isEqualTo(Answer.NO);
                return;
            }
            assertThat(before.answer()).isEqualTo(Answer.YES);
            var tag = new Reference.Tagged(REPOSITORY, "old");
            assertThat(await(deletes.deleteTag(tag))).isEqualTo(Deletion.DELETED);
            assertThat(await(deletes.deleteTag(tag))).isEqualTo(Deletion.WAS_GONE);
            assertThat(await(client(registry.uri()).headManifest(new Reference.Tagged(REPOSITORY, "kept"))))
                    .isPresent();
        }
    }

    @Test
    void findsOutADeleteThatIsAcceptedAndNotDone() {
        try (var registry = ScriptedRegistry.start()) {
            var image = TestImages.image("never gone");
            registry.hold(REPOSITORY, "1.0", image);
            registry.answer("DELETE", ".*", ScriptedRegistry.ALWAYS, Reply.of(202));
            var deletes = deletes(registry.uri());

            assertThat(await(deletes.manifests().orElseThrow().deleteManifest(pinned(image))))
                    .isEqualTo(Deletion.STILL_THERE);
            assertThat(await(deletes.tags().orElseThrow().deleteTag(new Reference.Tagged(REPOSITORY, "1.0"))))
                    .isEqualTo(Deletion.STILL_THERE);
            assertThat(await(deletes.manifests().orElseThrow().probeManifests(REPOSITORY)))
                    .extracting(Deletability::answer)
                    .isEqualTo(Answer.UNKNOWN);
        }
    }

    @Test
    void takesMissingRightsForARefusal() {
        try (var registry = ScriptedRegistry.start()) {
            registry.answer("DELETE", ".*", 1, Reply.error(403, "DENIED", "requested access is denied"));

            var before = await(deletes(registry.uri()).manifests().orElseThrow().probeManifests(REPOSITORY));

            assertThat(before.isRefused()).isTrue();
            assertThat(before.reason()).contains("requested access is denied");
        }
    }

    @Test
    void offersNothingForVendorsThatDeleteOnlyTheirOwnWay() {
        try (var registry = ScriptedRegistry.start()) {
            var client = client(registry.uri());

            assertThat(RegistryDeletes.of(Vendor.ECR, client).manifests()).isEmpty();
            assertThat(RegistryDeletes.of(Vendor.HARBOR, client).manifests()).isPresent();
            assertThat(RegistryDeletes.of(Vendor.HARBOR, client).tags()).isEmpty();
        }
    }

    private RegistryDeletes deletes(URI registry) {
        return RegistryDeletes.of(Vendor.DISTRIBUTION, client(registry));
    }

    private RegistryClient client(URI registry) {
        var client = RegistryClient.create(
                VERTX, RegistryClientOptions.of(registry).withAddressGuard(AddressGuard.of(true)));
        clients.add(client);
        return client;
    }

    private static Reference.Pinned pinned(TestImage image) {
        return new Reference.Pinned(REPOSITORY, Digest.parse(image.digest()));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
