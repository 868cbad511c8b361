package dev.longshore.oci.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.Names;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.transport.Answer;
import dev.longshore.oci.client.transport.Request;
import dev.longshore.oci.client.transport.Transport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the registry says of itself: that it is there, its repositories, their tags. */
final class ListingCalls {

    /** More than this some registries refuse. */
    private static final int PAGE = 1000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Transport transport;
    private final Pages pages;

    ListingCalls(Transport transport) {
        this.transport = transport;
        this.pages = new Pages(transport);
    }

    Uni<Void> ping() {
        var action = "reach the registry at " + transport.options().baseUri();
        var request = Request.of(HttpMethod.GET, "/v2/", action).expecting(200, 404);
        return transport
                .send(request)
                .invoke(answer -> {
                    if (answer.status() == 404) {
                        throw new InvalidAnswer(action, "it has no registry API (status 404 at /v2/)");
                    }
                })
                .replaceWithVoid();
    }

    Multi<String> tags(String repository) {
        Names.repository(repository);
        var request = Request.of(
                        HttpMethod.GET, "/v2/" + repository + "/tags/list?n=" + PAGE, "list the tags of " + repository)
                .scoped("repository:" + repository + ":pull")
                .expecting(200, 404);
        return names(request, "tags");
    }

    Multi<String> repositories() {
        var request = Request.of(HttpMethod.GET, "/v2/_catalog?n=" + PAGE, "list the repositories")
                .scoped("registry:catalog:*");
        return names(request, "repositories");
    }

    private Multi<String> names(Request request, String field) {
        return pages.from(request)
                .onItem()
                .transformToIterable(answer -> answer.status() == 404 ? List.of() : read(request, answer, field));
    }

    private static List<String> read(Request request, Answer answer, String field) {
        try {
            var listed = JSON.readTree(answer.body().getBytes()).path(field);
            var names = new ArrayList<String>(listed.size());
            listed.forEach(name -> names.add(text(request, name)));
            return names;
        } catch (IOException e) {
            throw new InvalidAnswer(request.action(), "the registry did not answer JSON", e);
        }
    }

    private static String text(Request request, JsonNode name) {
        if (!name.isTextual()) {
            throw new InvalidAnswer(request.action(), "the registry listed something that is no name");
        }
        return name.asText();
    }
}
