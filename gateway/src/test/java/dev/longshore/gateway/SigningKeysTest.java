package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class SigningKeysTest {

    @Test
    void areRotatedByCommandAndPublishedToAnyone() {
        var api = Api.signedIn();
        assertThat(Api.anonymous().post("/api/v1/signing-keys", "").statusCode())
                .isEqualTo(401);
        var before = json(api.get("/api/v1/signing-keys")).path("items").size();

        var made = api.post("/api/v1/signing-keys", "");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var kid = json(made).path("kid").asText();
        var published = Api.anonymous().get("/.well-known/jwks.json");
        assertThat(published.statusCode()).isEqualTo(200);
        assertThat(json(published).path("keys")).hasSize(before + 1).anySatisfy(key -> {
            assertThat(key.path("kid").asText()).isEqualTo(kid);
            assertThat(key.path("crv").asText()).isEqualTo("P-256");
        });
        assertThat(published.body()).doesNotContain("\"d\"");
        assertThat(json(api.get("/api/v1/signing-keys")).path("items")).hasSize(before + 1);
    }
}
