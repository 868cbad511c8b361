package dev.longshore.gateway.identity.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.events.ConfigEvent.Secret;
import dev.longshore.gateway.identity.oidc.domain.Begun;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.kit.secrets.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Seals what a sign-in has to remember, and opens what comes back: nobody else can have made it. */
@ApplicationScoped
class SealedSignIns {

    private static final int LONGEST = 8 * 1024;

    private final Secrets secrets;
    private final ObjectMapper mapper;
    private final Clock clock = Clock.systemUTC();

    SealedSignIns(Secrets secrets, ObjectMapper mapper) {
        this.secrets = secrets;
        this.mapper = mapper;
    }

    String seal(Begun begun, String purpose) {
        try {
            return secrets.seal(mapper.writeValueAsString(begun), purpose);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write a sign-in", failure);
        }
    }

    /** Empty if it is none, of another purpose, or too old. */
    Optional<Begun> open(String sealed, String purpose) {
        if (sealed.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var begun = mapper.readValue(secrets.open(new Secret(sealed, null, null), purpose), Begun.class);
            return Optional.of(begun).filter(each -> each.expiresAt().isAfter(clock.instant()));
        } catch (SecretException | JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
