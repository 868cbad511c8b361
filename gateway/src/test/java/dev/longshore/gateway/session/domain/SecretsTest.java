package dev.longshore.gateway.session.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void makesTokensThatAreNotGuessedAndNotPrinted() {
        var one = SessionToken.random(random);
        var other = SessionToken.random(random);

        assertThat(one.value()).matches("lss_[\\w-]{43}").isNotEqualTo(other.value());
        assertThat(one.hash()).hasSize(64).isNotEqualTo(other.hash()).doesNotContain(one.value());
        assertThat(one.toString()).doesNotContain(one.value());
        assertThat(SessionToken.isPlausible(one.value())).isTrue();
    }

    @Test
    void doesNotLookUpWhatCannotBeAToken() {
        assertThat(SessionToken.isPlausible("eyJhbGciOiJub25lIn0.e30.")).isFalse();
        assertThat(SessionToken.isPlausible("lss_" + "a".repeat(1_000_000))).isFalse();
        assertThat(SessionToken.isPlausible("")).isFalse();
    }

    @Test
    void hashesPasswordsWithArgon2id() {
        var hash = PasswordHash.of("correct horse");

        assertThat(hash).startsWith("$argon2id$").isNotEqualTo(PasswordHash.of("correct horse"));
        assertThat(PasswordHash.matches("correct horse", hash)).isTrue();
        assertThat(PasswordHash.matches("Correct horse", hash)).isFalse();
        assertThat(PasswordHash.matches("", hash)).isFalse();
        assertThat(PasswordHash.matches("correct horse", "no hash")).isFalse();
    }
}
