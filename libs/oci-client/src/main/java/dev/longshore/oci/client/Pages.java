package dev.longshore.oci.client;

import dev.longshore.oci.client.headers.LinkHeader;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.transport.Answer;
import dev.longshore.oci.client.transport.Origins;
import dev.longshore.oci.client.transport.Request;
import dev.longshore.oci.client.transport.Transport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows {@code Link} from page to page, as fast as the pages are wanted, and notices when it leads in circles. */
final class Pages {

    static final int LARGEST_PAGE = 16 * 1024 * 1024;
    private static final int MOST_PAGES = 10_000;

    private final Transport transport;

    private static final class Walk {
        private final Set<String> visited = new HashSet<>();
        private @Nullable Request next;
        private @Nullable Buffer previous;

        Walk(Request first) {
            next = first;
            visited.add(first.path());
        }

        boolean goesOn() {
            return next != null;
        }
    }

    Pages(Transport transport) {
        this.transport = transport;
    }

    Multi<Answer> from(Request first) {
        return Multi.createFrom().deferred(() -> {
            var walk = new Walk(first.limitedTo(LARGEST_PAGE));
            return Multi.createBy().repeating().uni(() -> step(walk)).whilst(_ -> walk.goesOn());
        });
    }

    private Uni<Answer> step(Walk walk) {
        var request = walk.next;
        if (request == null) {
            throw new IllegalStateException("There is no further page");
        }
        return transport.send(request).invoke(answer -> advance(walk, request, answer));
    }

    private static void advance(Walk walk, Request request, Answer answer) {
        var link = answer.status() == 200 ? LinkHeader.next(answer.headerValues("Link")) : null;
        if (link == null || link.isEmpty()) {
            walk.next = null;
            return;
        }
        var target = Origins.resolve(answer.uri(), link.get())
                .filter(uri -> Origins.same(uri, answer.uri()))
                .orElseThrow(() -> new InvalidAnswer(request.action(), "the next page is said to be on another host"));
        var sameAgain = answer.body().equals(walk.previous);
        if (sameAgain || !walk.visited.add(target.toString()) || walk.visited.size() > MOST_PAGES) {
            throw new InvalidAnswer(request.action(), "the registry's list has no end");
        }
        walk.previous = answer.body();
        walk.next = new Request(
                request.method(),
                target.toString(),
                request.action(),
                request.scopes(),
                request.headers(),
                request.body(),
                request.expected(),
                request.limit(),
                request.ticketed(),
                request.content());
    }
}
