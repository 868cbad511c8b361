package dev.longshore.e2e;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.e2e.client.Images;
import dev.longshore.e2e.client.SlowLink;
import dev.longshore.e2e.suite.Databases;
import dev.longshore.e2e.suite.InFlight;
import dev.longshore.e2e.suite.Part;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.topic.Message;
import dev.longshore.testkit.topic.TestTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every part that does something is killed twice in the midst of it; nothing is lost, and nothing is done twice. */
@Tag("long")
class KillE2E {

    private static final Logger LOG = Logger.getLogger(KillE2E.class.getName());
    private static final int REPOSITORIES = 12;
    private static final int TAGS = 5;
    private static final int LEAST_IN_FLIGHT = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Whom to kill, and how many images are pushed for it to be busy with. */
    private record Blow(Part part, int pushes) {}

    private static final List<Blow> ROUND = List.of(
            new Blow(Part.PUSH, 6),
            new Blow(Part.SCAN, 3),
            new Blow(Part.BROKER, 4),
            // While the broker is not back, what the gateway takes in waits in its outbox.
            new Blow(Part.GATEWAY, 6),
            new Blow(Part.REPLICATION, 7),
            new Blow(Part.POSTGRES, 4));

    /** One push, in its place among those of its repository. */
    private record Push(String repository, String tag, TestImage image, boolean isAllowed) {

        String reference() {
            return repository + ":" + tag;
        }
    }

    private static Landscape landscape;
    private static Databases databases;
    private static List<Push> pushes;
    private static final AtomicInteger PUSHED = new AtomicInteger();

    @BeforeAll
    static void killEverybodyWhilePushing() throws InterruptedException {
        landscape = Landscape.start("kill");
        databases = new Databases(landscape.suite);
        pushes = IntStream.range(0, REPOSITORIES * TAGS).mapToObj(KillE2E::push).toList();
        var delay = Duration.ofMillis(150);
        try (var left = SlowLink.to(landscape.left.process().uri(), delay);
                var right = SlowLink.to(landscape.right.process().uri(), delay)) {
            landscape.left.registerAt(left.uri(), landscape.api);
            landscape.right.registerAt(right.uri(), landscape.api);
            var permits = new Semaphore(0);
            var pushers = startPushers(permits);
            for (var round = 1; round <= 2; round++) {
                for (var blow : ROUND) {
                    permits.release(blow.pushes());
                    kill(blow.part(), round);
                }
            }
            for (var pusher : pushers) {
                pusher.join();
            }
            awaitTheEnd();
        }
    }

    @AfterAll
    static void end() {
        landscape.close();
    }

    @Test
    void everyPushIsInTheInventory() {
        var tags = databases.texts(
                Part.PUSH,
                "select repository || ':' || tag || '@' || digest from tag where registry = 'kill-left' and tag not like 'sha256-%'");

        LOG.info(() -> tags.size() + " tags in the inventory");
        assertThat(tags)
                .hasSize(60)
                .containsExactlyInAnyOrderElementsOf(pushes.stream()
                        .map(push -> push.reference() + "@" + push.image().digest())
                        .toList());
    }

    @Test
    void everyPushIsDecided() {
        var decided = databases.texts(Part.SCAN, decisions());

        LOG.info(() -> decided.size() + " decisions");
        assertThat(decided)
                .hasSize(60)
                .containsExactlyInAnyOrderElementsOf(pushes.stream()
                        .map(push -> push.reference() + " " + (push.isAllowed() ? "allow" : "block"))
                        .toList());
    }

    @Test
    void exactlyTheAllowedOnesAreAtTheTarget() {
        for (var push : pushes) {
            var there = landscape.right.digest(push.repository(), push.tag());
            if (push.isAllowed()) {
                assertThat(there).as(push.reference()).contains(push.image().digest());
            } else {
                assertThat(there).as(push.reference()).isEmpty();
            }
        }
    }

    @Test
    void eachManifestWasPutThereOnce() {
        var puts = landscape.right.process().accessLog("PUT", "/manifests/").stream()
                .filter(line -> line.contains("\" 201 "))
                .map(line -> line.replaceAll(".*\"PUT /v2/(\\S+)/manifests/(\\S+) HTTP.*", "$1 $2"))
                .collect(groupingBy(identity(), counting()));

        var wanted = new ArrayList<String>();
        pushes.stream().filter(Push::isAllowed).forEach(push -> {
            wanted.add(push.repository() + " " + push.tag());
            push.image().children().forEach(child -> wanted.add(push.repository() + " " + child.digest()));
        });
        LOG.info(() -> "%d manifests at the target, each put there so often: %s"
                .formatted(puts.size(), Set.copyOf(puts.values())));
        assertThat(puts.keySet()).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(puts)
                .allSatisfy((manifest, count) -> assertThat(count).as(manifest).isEqualTo(1));
    }

    @Test
    void theOrderOfARepositoryIsKeptInItsEvents() {
        var told = new LinkedHashMap<String, Message>();
        try (var topics = new TestTopics(landscape.suite.kafka())) {
            topics.read("longshore.images").stream()
                    .filter(message -> message.type().equals("dev.longshore.image.pushed.v1"))
                    .filter(message -> message.data().path("registry").asText().equals("kill-left"))
                    .filter(message -> message.data().hasNonNull("tag"))
                    .forEach(message -> told.putIfAbsent(message.id(), message));
        }
        var order = told.values().stream()
                .map(Message::data)
                .collect(groupingBy(
                        data -> data.path("repository").asText(),
                        mapping(data -> data.path("tag").asText(), toList())));

        var pushed = pushes.stream().collect(groupingBy(Push::repository, mapping(Push::tag, toList())));
        LOG.info(() -> "%d pushes told in %d repositories".formatted(told.size(), order.size()));
        assertThat(order).isEqualTo(pushed);
    }

    private static Push push(int number) {
        var repository = "shop/kill-%02d".formatted(number % REPOSITORIES);
        var tag = String.valueOf(number / REPOSITORIES + 1);
        var isAllowed = (number + number / REPOSITORIES) % 3 != 0;
        var log4j = isAllowed ? Images.FIXED_LOG4J : Images.VULNERABLE_LOG4J;
        var text = repository + ":" + tag;
        var single = isAllowed ? Images.fixed(text) : Images.vulnerable(text);
        return new Push(repository, tag, number % 5 == 0 ? Images.multiArch(log4j, text) : single, isAllowed);
    }

    /** Each repository's pushes are made one after the other, by one of them. */
    private static List<Thread> startPushers(Semaphore permits) {
        return IntStream.range(0, 4)
                .mapToObj(pusher -> Thread.ofPlatform()
                        .name("pusher-" + pusher)
                        .start(() -> pushes.stream()
                                .filter(push -> (push.repository().hashCode() & 3) == pusher)
                                .forEach(push -> {
                                    permits.acquireUninterruptibly();
                                    landscape.left.push(push.repository(), push.tag(), push.image());
                                    PUSHED.incrementAndGet();
                                })))
                .toList();
    }

    private static void kill(Part part, int round) {
        var inFlight = new InFlight(databases);
        var load = await("%s with %d in flight".formatted(part, LEAST_IN_FLIGHT))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> landscape.suite.process(part).isPresent() ? inFlight.of(part) : new InFlight.Load(0, 0),
                        found -> found.all() >= LEAST_IN_FLIGHT);
        var process = landscape.suite.process(part).orElseThrow().pid();
        landscape.suite.kill(part);
        LOG.info(() -> "kill -9 of %s (process %d), for the %s time, with %s in flight, %d of 60 images pushed"
                .formatted(part.title(), process, round == 1 ? "first" : "second", load, PUSHED.get()));
    }

    private static void awaitTheEnd() {
        var allowed = pushes.stream().filter(Push::isAllowed).count();
        await("all 60 decided")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(databases.countIfThere(
                                Part.SCAN, "select count(*) from (%s) decided".formatted(decisions())))
                        .isEqualTo(60));
        await("all allowed ones copied")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(databases.countIfThere(
                                Part.REPLICATION,
                                "select count(*) from replica where source_registry = 'kill-left' and rule = 'kill'"))
                        .isEqualTo(allowed));
        await("nothing in flight")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                new InFlight(databases).of(Part.POSTGRES).all())
                        .isZero());
    }

    /** Each tag with what was decided about its manifest. */
    private static String decisions() {
        return """
                select substring(t.name from length('kill-left/') + 1) || ' ' || d.action from tag t join decision d on d.image = t.image
                where t.name like 'kill-left/%' and t.tag not like 'sha256-%'""";
    }
}
