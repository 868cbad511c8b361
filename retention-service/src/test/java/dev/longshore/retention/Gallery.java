package dev.longshore.retention;

import dev.longshore.oci.MediaType;
import dev.longshore.testkit.registry.TestContent;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many images of one repository, as a team has them: every third is multi-arch and has a referrer, by the referrers API
 * or under the fallback tag; some share a digest.
 */
final class Gallery {

    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(30));

    /** @param referrer of an index */
    record Picture(String tag, TestImage image, Optional<TestImage> referrer) {}

    private final String registry;
    private final String repository;
    private final boolean fallback;
    private final TestPush push;
    private final World world;
    private final List<Picture> pictures = new ArrayList<>();

    Gallery(World world, String registry, URI uri, String repository, boolean fallback) {
        this.world = world;
        this.registry = registry;
        this.repository = repository;
        this.fallback = fallback;
        this.push = TestPush.to(uri);
    }

    Gallery of(int count) {
        for (var number = 1; number <= count; number++) {
            add(number);
        }
        return this;
    }

    List<Picture> pictures() {
        return List.copyOf(pictures);
    }

    private void add(int number) {
        var text = registry + " " + repository + " " + number;
        var tag = "v" + number;
        var image = number % 3 == 0 ? TestImages.index(text) : TestImages.image(text);
        var at = LONG_AGO.plusSeconds(60L * number);
        push.image(repository, tag, image);
        world.pushed(registry, repository, tag, image, at);
        var referrer = number % 3 == 0 ? Optional.of(refer(image, text, at)) : Optional.<TestImage>empty();
        pictures.add(new Picture(tag, image, referrer));
    }

    private TestImage refer(TestImage image, String text, Instant at) {
        var referrer = TestImages.referrer(image, "application/vnd.example.signature", "signature of " + text);
        push.image(repository, referrer.digest(), referrer);
        world.referrer(registry, repository, referrer, image, at);
        if (fallback) {
            var list = new TestContent(
                    MediaType.OCI_INDEX,
                    "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                            .formatted(MediaType.OCI_INDEX, referrer.manifest().descriptor())
                            .getBytes(StandardCharsets.UTF_8));
            var tag = image.digest().replace(':', '-');
            push.manifest(repository, tag, list);
            world.pushed(registry, repository, tag, new TestImage(list, List.of(), List.of(referrer)), at);
            // Told again, because as a child it was told without its subject.
            world.referrer(registry, repository, referrer, image, at);
        }
        return referrer;
    }
}
