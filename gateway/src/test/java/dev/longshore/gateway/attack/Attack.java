package dev.longshore.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.suite.Api;

/**
 * One attack as it goes over the wire.
 *
 * @param sent what is sent, for people
 * @param request as it is sent, with {@code TOKEN} for the token of an administrator
 * @param status that it is answered with
 * @param why that it is answered with, for people: a problem's code, or what else
 */
record Attack(String kind, String sent, String request, int status, String why) {

    @Override
    public String toString() {
        return sent;
    }

    /** Sends it and looks at all that it may not do: reach a service, pass unseen, or harm those who come after. */
    void run() {
        var api = Api.signedIn();
        var before = Api.control("count");

        var answer = Api.raw(request.replace("TOKEN", api.token()));

        assertThat(answer).as(sent).matches("(?s)HTTP/1\\.[01] " + status + " .*");
        // Nothing that came behind it was taken for another request.
        assertThat(answer.split("HTTP/1\\.[01] ", -1)).as(answer).hasSize(2);
        assertThat(answer).doesNotContain("jvm_", "stand-in", api.token());
        if (why.matches("[a-z-]+")) {
            assertThat(answer).contains("\"code\":\"" + why + "\"", "application/problem+json");
        }
        assertThat(Api.control("count")).as("asked of the services").isEqualTo(before);
        assertThat(api.get("/api/v1/registries").statusCode()).as("afterwards").isEqualTo(200);
    }
}
