package dev.longshore.registries.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.oci.Digest;
import dev.longshore.registries.Notification;
import dev.longshore.registries.Notification.Action;
import dev.longshore.registries.ParsedNotifications;
import dev.longshore.registries.ParsedNotifications.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The captures are what Distribution 2.8.2 sent when skopeo and curl worked on it. */
class DistributionNotificationsTest {

    private static final Digest DIGEST =
            Digest.parse("sha256:d37257aa95d0479fa8620a02872499b9ce22e90195c785552038abb8f2ceea07");
    private static final String GOOD = """
            {"id":"e1","timestamp":"2026-11-20T17:54:22.672591884Z","action":"push","target":{"mediaType":\
            "application/vnd.oci.image.manifest.v1+json","digest":"%s","repository":"team/app","tag":"v1"},\
            "request":{"method":"PUT"},"actor":{"name":"ci"}}""".formatted(DIGEST);

    @Test
    void readsAPush() throws IOException {
        assertThat(captured("003-push-single").notifications()).singleElement().satisfies(push -> {
            assertThat(push.action()).isEqualTo(Action.PUSH);
            assertThat(push.repository()).isEqualTo("team/app");
            assertThat(push.tag()).isEqualTo("v1");
            assertThat(push.digest()).isEqualTo(DIGEST);
            assertThat(push.mediaType()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
            assertThat(push.timestamp())
                    .isBetween(Instant.parse("2026-11-20T17:54:00Z"), Instant.parse("2026-11-20T17:55:00Z"));
            assertThat(push.actor()).isNull();
            assertThat(push.userAgent()).isEqualTo("skopeo/1.9.3");
            assertThat(push.requestAddress()).startsWith("127.0.0.1:");
            assertThat(push.eventId()).hasSize(36);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "015-push-docker-schema2, PUSH, team/app-v2s2, v1",
        "023-push-index, PUSH, team/multi, v1",
        "024-pull-tag, PULL, team/app, v1",
        "033-pull-index, PULL, team/multi,",
        "047-push-by-digest, PUSH, team/app,",
        "068-pushed-with-odd-name, PUSH, a/b/c_d--e.f/deep, v1.2-rc_3",
        "048-delete-manifest, DELETE, team/app,",
        "049-delete-manifest, DELETE, team/app, latest",
        "051-delete-blob, DELETE, other/repo,",
    })
    void readsWhatConcernsManifests(String capture, Action action, String repository, String tag) throws IOException {
        var parsed = captured(capture);

        assertThat(parsed.unusable()).isEmpty();
        assertThat(parsed.notifications()).singleElement().satisfies(notification -> {
            assertThat(notification.action()).isEqualTo(action);
            assertThat(notification.repository()).isEqualTo(repository);
            assertThat(notification.tag()).isEqualTo(tag);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"001-push-single", "013-push-docker-schema2", "039-head-manifest"})
    void skipsBlobsMountsAndHeads(String capture) throws IOException {
        assertThat(captured(capture)).isEqualTo(new ParsedNotifications(List.of(), List.of(), 1));
    }

    @Test
    void readsTheOthersOfABodyWithAnOddEvent() {
        var parsed = parse("{\"events\":[%s,{\"id\":\"e2\",\"action\":\"push\",\"target\":{\"repository\":\"Bad/Name\","
                        .formatted(GOOD)
                + "\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}},null,%s]}".formatted(GOOD));

        assertThat(parsed.notifications())
                .hasSize(2)
                .extracting(Notification::actor)
                .containsOnly("ci");
        assertThat(parsed.unusable())
                .containsExactly(
                        new Unusable(
                                "e2", "The repository 'Bad/Name' has capital letters; repositories are lower case"),
                        new Unusable("", "The event is not an object"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"id\":\"e1\", | `` | The event has no id",
                "\"action\":\"push\" | \"action\":\"explode\" | The action 'explode' is not known",
                "2026-11-20T17:54:22.672591884Z | yesterday | Text 'yesterday' could not be parsed at index 0",
                "\"tag\":\"v1\" | \"tag\":\"-\" | The tag '-' may have only",
                "sha256:d3 | sha1:d3 | The digest algorithm 'sha1' is not known",
                "\"digest\" | \"digset\" | The push has no digest",
            })
    void saysWhatIsOdd(String part, String replacement, String reason) {
        var parsed = parse("{\"events\":[%s]}".formatted(GOOD.replace(part, replacement)));

        assertThat(parsed.notifications()).isEmpty();
        assertThat(parsed.unusable())
                .singleElement()
                .satisfies(odd -> assertThat(odd.reason()).startsWith(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | The body is not JSON",
                "[] | The body has no list of events",
                "{} | The body has no list of events",
                "{\"events\":{}} | The body has no list of events",
            })
    void saysThatTheBodyIsNoEnvelope(String body, String reason) {
        assertThat(parse(body).unusable()).containsExactly(new Unusable("", reason));
    }

    @Test
    void readsAnEmptyBodyAsNothing() {
        assertThat(parse("").unusable()).hasSize(1);
        assertThat(parse("{\"events\":[]}").unusable()).isEmpty();
    }

    @Property(tries = 300)
    void neverFails(@ForAll byte[] body) {
        assertThat(DistributionNotifications.parse(body).notifications()).isEmpty();
    }

    private static ParsedNotifications captured(String name) throws IOException {
        return DistributionNotifications.parse(capture(name));
    }

    private static byte[] capture(String name) throws IOException {
        var path = "/distribution-events/registry-2.8.2/%s.body.json".formatted(name);
        try (InputStream resource = DistributionNotificationsTest.class.getResourceAsStream(path)) {
            return resource.readAllBytes();
        }
    }

    private static ParsedNotifications parse(String body) {
        return DistributionNotifications.parse(body.getBytes(UTF_8));
    }
}
