package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.SecuredService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
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

        // The first handshakes of a busy machine may take longer than the gateway is patient.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(api.get("/api/v1/registries").body()).isEqualTo("CN=gateway"));
        // Its certificate is of another authority.
        assertThat(api.get("/api/v1/images").statusCode()).isEqualTo(503);
    }
}
