package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.SecuredService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Services spoken to with TLS, certificates on both sides. */
@QuarkusTest
@TestProfile(SecuredServicesTest.Secured.class)
@QuarkusTestResource(value = SecuredService.class, restrictToAnnotatedClass = true)
class SecuredServicesTest {

    public static class Secured implements QuarkusTestProfile {}

    @Test
    void showsItsCertificateAndSpeaksToNobodyElse() {
        var api = Api.signedIn();

        var answer = api.get("/api/v1/registries");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("CN=gateway");
        // Its certificate is of another authority.
        assertThat(api.get("/api/v1/images").statusCode()).isEqualTo(503);
    }
}
