package dev.longshore.config.domain;

import static dev.longshore.config.domain.SecretField.PASSWORD;
import static dev.longshore.config.domain.SecretField.TOKEN;
import static dev.longshore.config.domain.SecretField.WEBHOOK_SECRET;
import static dev.longshore.config.domain.Specs.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.config.domain.RegistryDraft.Fate;
import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.events.ErrorCode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryDraftTest {

    private static final RegistrySpec BEFORE = draft(
                    "https://r.corp:5000", "{'type': 'basic', 'username': 'ci', 'password': 'pw'}")
            .spec();

    private static RegistryDraft draft(String url, String credentials) {
        return RegistryParser.parse(
                "left", json("{'vendor': 'distribution', 'url': '%s', 'credentials': %s}".formatted(url, credentials)));
    }

    @Test
    void aSecretThatIsLeftOutStays() {
        var fates = draft("https://r.corp:5000", "{'type': 'basic', 'username': 'ci'}")
                .fates(BEFORE, Set.of(PASSWORD, WEBHOOK_SECRET));

        assertThat(fates).containsEntry(PASSWORD, new Fate.Keep()).containsEntry(WEBHOOK_SECRET, new Fate.Keep());
    }

    @Test
    void aSecretThatIsSaidToBeSetStays() {
        assertThat(draft("https://r.corp:5000", "{'type': 'basic', 'username': 'ci', 'password': {'set': true}}")
                        .fates(BEFORE, Set.of(PASSWORD)))
                .containsOnlyKeys(PASSWORD);
    }

    @Test
    void aSecretOfOtherCredentialsIsDropped() {
        assertThat(draft("https://r.corp:5000", "{'type': 'none'}").fates(BEFORE, Set.of(PASSWORD)))
                .isEmpty();
    }

    @Test
    void aMissingSecretIsRequired() {
        assertThatThrownBy(() -> draft("https://r.corp", "{'type': 'token'}").fates(null, Set.of()))
                .isInstanceOfSatisfying(InvalidSpecException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.SECRET_REQUIRED);
                    assertThat(failure.violations().getFirst().pointer()).isEqualTo(TOKEN.pointer());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://r.corp:5000", "https://evil.example:5000", "https://r.corp:5001", "https://r.corp"})
    void aSecretDoesNotMoveToAnotherAddressByItself(String elsewhere) {
        assertThatThrownBy(() ->
                        draft(elsewhere, "{'type': 'basic', 'username': 'ci'}").fates(BEFORE, Set.of(PASSWORD)))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SECRET_REQUIRED))
                .hasMessageContaining("https://r.corp:5000");
    }

    @Test
    void aSecretThatIsGivenAgainMoves() {
        assertThat(draft("https://other.corp", "{'type': 'basic', 'username': 'ci', 'password': 'pw'}")
                        .fates(BEFORE, Set.of(PASSWORD, WEBHOOK_SECRET)))
                .containsOnlyKeys(PASSWORD, WEBHOOK_SECRET);
    }

    @Test
    void anotherPathOfTheSameHostIsTheSameAddress() {
        assertThat(draft("https://r.corp:5000/docker", "{'type': 'basic', 'username': 'ci'}")
                        .fates(BEFORE, Set.of(PASSWORD)))
                .containsOnlyKeys(PASSWORD);
    }
}
