package dev.longshore.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody tries a list of leaked passwords for a minute, as fast as {@code wrk} can. */
@Tag("long")
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class StuffingTest {

    private static final Logger LOG = Logger.getLogger(StuffingTest.class);
    private static final String PASSWORD = "correct horse battery";
    private static final int PEOPLE = 20;
    private static final String WITH_THE_FLOOD = "at the same address";
    private static final String ELSEWHERE = "at an address of their own";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FLOOD = Duration.ofSeconds(60);
    /** Twenty people sign in twice a second together: a password takes a tenth of a second of a core. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    @Inject
    Database database;

    private final Map<String, List<Long>> latencies = new ConcurrentHashMap<>();
    private final Set<Integer> signedIn = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();

    @Test
    void othersSignInMeanwhile() throws Exception {
        Assumptions.assumeTrue(isOnPath("wrk"), "wrk is not there");
        people();
        var refused = database.count("select count(*) from audit_entry where result = 'refused'");

        var flood = flood();
        var deadline = System.nanoTime() + FLOOD.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (var i = 0; i < PEOPLE; i++) {
                var person = i;
                all.add(threads.submit(() -> signInAgainAndAgain(person, deadline)));
            }
            for (var each : all) {
                each.get();
            }
        }
        assertThat(flood.waitFor(1, TimeUnit.MINUTES)).isTrue();
        LOG.infof("wrk: %s", new String(flood.getInputStream().readAllBytes(), UTF_8).strip());
        LOG.infof("answers: %s", answers);
        latencies.forEach((who, times) -> LOG.infof("%s: %s", who, summary(times)));
        LOG.infof(
                "passwords of the flood that were looked at: %d",
                database.count("select count(*) from audit_entry where result = 'refused'") - refused);

        // On a machine that has no time left somebody may be told to come again: never that they may not.
        assertThat(answers.keySet())
                .contains(ELSEWHERE + " 201")
                // The address as a whole asks too often.
                .isSubsetOf(
                        ELSEWHERE + " 201",
                        ELSEWHERE + " 503",
                        WITH_THE_FLOOD + " 201",
                        WITH_THE_FLOOD + " 503",
                        WITH_THE_FLOOD + " 429");
        assertThat(signedIn)
                .containsAll(IntStream.range(0, PEOPLE)
                        .filter(person -> !isWithTheFlood(person))
                        .boxed()
                        .toList());
        leaveTheAddressAsItWas();
    }

    /** Other tests sign in from here too, as strangers. */
    private static void leaveTheAddressAsItWas() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(
                                Api.anonymous().signIn("known-1", PASSWORD).statusCode())
                        .isEqualTo(201));
    }

    private void people() {
        var admin = Api.signedIn();
        IntStream.range(0, PEOPLE).forEach(i -> {
            admin.put("/api/v1/users/known-" + i, "{\"role\":\"viewer\",\"password\":\"" + PASSWORD + "\"}");
            assertThat(at(i).signIn("known-" + i, PASSWORD).statusCode()).isEqualTo(201);
        });
    }

    /** Every fourth shares the address with the flood, where they signed in before. */
    private static Api at(int person) {
        return isWithTheFlood(person) ? Api.anonymous() : Api.anonymousAt("127.90.0." + (person + 1));
    }

    private static boolean isWithTheFlood(int person) {
        return person % 4 == 0;
    }

    private Void signInAgainAndAgain(int person, long deadline) throws InterruptedException {
        var api = at(person);
        var who = isWithTheFlood(person) ? WITH_THE_FLOOD : ELSEWHERE;
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis() * person / PEOPLE);
        while (System.nanoTime() < deadline) {
            var begun = System.nanoTime();
            var status = signIn(api, person);
            if (status.equals("201")) {
                signedIn.add(person);
            }
            latencies.computeIfAbsent(who, _ -> new CopyOnWriteArrayList<>()).add(System.nanoTime() - begun);
            answers.computeIfAbsent(who + " " + status, _ -> new AtomicInteger())
                    .incrementAndGet();
            TimeUnit.SECONDS.sleep(PAUSE.toSeconds());
        }
        return null;
    }

    private static String signIn(Api api, int person) {
        try {
            var body = "{\"username\":\"known-%d\",\"password\":\"%s\"}".formatted(person, PASSWORD);
            var answer = api.exchange(api.request("/api/v1/sessions", "Content-Type", "application/json")
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.ofString(body)));
            return String.valueOf(answer.statusCode());
        } catch (UncheckedIOException failure) {
            return String.valueOf(failure.getCause());
        }
    }

    private static Process flood() throws IOException, URISyntaxException {
        var script = Path.of(Objects.requireNonNull(StuffingTest.class.getResource("/stuffing/guess.lua"))
                .toURI());
        return new ProcessBuilder(
                        "wrk",
                        "--threads=1",
                        "--connections=64",
                        "--duration=" + FLOOD.toSeconds() + "s",
                        "--timeout=30s",
                        "--script=" + script,
                        Api.base().resolve("/api/v1/sessions").toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String summary(List<Long> nanos) {
        var sorted = nanos.stream().sorted().toList();
        return "%d sign-ins, p50 %d ms, p99 %d ms, longest %d ms"
                .formatted(sorted.size(), millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1));
    }

    private static long millis(List<Long> sorted, double share) {
        return TimeUnit.NANOSECONDS.toMillis(sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share))));
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }
}
