package dev.longshore.config.domain;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.config.domain.input.InvalidSpecException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindTest {

    @ParameterizedTest
    @CsvSource({
        "REGISTRY, left, true",
        "REGISTRY, nexus-registry-2, true",
        "REGISTRY, Left, false",
        "REGISTRY, -left, false",
        "REGISTRY, left_1, false",
        "REGISTRY, a123456789012345678901234567890123456789012345678901234567890123, false",
        "FREEZE, installation, true",
        "FREEZE, project:default, true",
        "FREEZE, registry:left, true",
        "FREEZE, left, false",
        "FREEZE, registry:, false"
    })
    void namesAreChecked(Kind kind, String name, boolean isGood) {
        if (isGood) {
            assertThatCode(() -> kind.checkName(name)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> kind.checkName(name)).isInstanceOf(InvalidSpecException.class);
        }
    }
}
