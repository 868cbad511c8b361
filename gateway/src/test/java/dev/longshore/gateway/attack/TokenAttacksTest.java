package dev.longshore.gateway.attack;

import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TokenAttacksTest {

    static List<Attack> attacks() {
        return Attacks.tokens();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void areAnsweredAndComeToNothing(Attack attack) {
        attack.run();
    }
}
