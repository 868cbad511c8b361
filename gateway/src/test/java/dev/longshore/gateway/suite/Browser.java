package dev.longshore.gateway.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Somebody with a browser who fills in the provider's pages. */
public final class Browser {

    private static final int MOST_PAGES = 12;
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

    private final String username;
    private final String password;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public Browser(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /**
     * Opens a page, signs in and consents as asked.
     *
     * @param until where it stops, rather than follow
     * @return where it was sent to in the end; empty if it ended on a page without a form
     */
    public Optional<URI> open(URI page, String until) {
        var at = page;
        var answer = get(at);
        for (var i = 0; i < MOST_PAGES; i++) {
            var next = answer.headers().firstValue("Location");
            if (next.isPresent()) {
                at = at.resolve(next.get());
                if (at.toString().startsWith(until)) {
                    return Optional.of(at);
                }
                answer = get(at);
                continue;
            }
            var form = FORM.matcher(answer.body());
            if (!form.find()) {
                return Optional.empty();
            }
            at = at.resolve(form.group(1).replace("&amp;", "&"));
            answer = send(HttpRequest.newBuilder(at)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(filled(answer.body()))));
        }
        throw new IllegalStateException("The provider's pages do not end: " + answer.body());
    }

    private HttpResponse<String> get(URI page) {
        return send(HttpRequest.newBuilder(page).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(joining("; ")));
        }
        var answer = Api.send(request);
        answer.headers().allValues("Set-Cookie").forEach(cookie -> {
            var parts = cookie.split(";")[0].split("=", 2);
            cookies.put(parts[0], parts[1]);
        });
        return answer;
    }

    private String filled(String page) {
        var fields = new LinkedHashMap<String, String>();
        INPUT.matcher(page)
                .results()
                .map(input -> input.group())
                .filter(input -> attribute(input, "type").equals("hidden"))
                .forEach(input -> fields.put(attribute(input, "name"), attribute(input, "value")));
        if (page.contains("name=\"password\"")) {
            fields.put("username", username);
            fields.put("password", password);
        } else {
            fields.put("accept", "Yes");
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(joining("&"));
    }

    private static String attribute(String input, String name) {
        var found = Pattern.compile(name + "=\"([^\"]*)\"").matcher(input);
        return found.find() ? found.group(1) : "";
    }
}
