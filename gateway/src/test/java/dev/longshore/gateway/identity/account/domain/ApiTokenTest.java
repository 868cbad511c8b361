package dev.longshore.gateway.identity.account.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApiTokenTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void areAllDifferentAndRecognised() {
        var tokens = IntStream.range(0, 1000)
                .mapToObj(_ -> ApiToken.random(random).value())
                .collect(Collectors.toSet());

        assertThat(tokens).hasSize(1000).allSatisfy(token -> {
            assertThat(token).matches("lsp_[0-9A-Za-z]{43}[0-9A-Za-z]{6}");
            assertThat(ApiToken.isPlausible(token)).isTrue();
        });
    }

    @Test
    void aMistypedOneIsNone() {
        var token = ApiToken.random(random).value();

        for (var i = 0; i < token.length(); i++) {
            var other = token.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(ApiToken.isPlausible(token.substring(0, i) + other + token.substring(i + 1)))
                    .isFalse();
        }
        assertThat(ApiToken.isPlausible(token + "0")).isFalse();
        assertThat(ApiToken.isPlausible("")).isFalse();
    }

    /** Other programs compute it too: it must not change. */
    @Test
    void theChecksumStays() {
        assertThat(ApiToken.isPlausible("lsp_" + "A".repeat(43) + "0aOgFs")).isTrue();
    }

    @Test
    void tellsNothingOfItself() {
        var token = ApiToken.random(random);

        assertThat(token.toString()).isEqualTo("lsp_…");
        assertThat(token.prefix()).hasSize(8);
        assertThat(token.hash()).matches("[0-9a-f]{64}");
    }
}
