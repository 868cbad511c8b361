package dev.longshore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.longshore.sabotage.SabotageHelper;
import dev.longshore.sabotage.domain.Decision;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is shown a class that breaks it: a rule that matches nothing is worse than none. */
class ArchitectureRulesTest {

    static Stream<Arguments> sabotages() {
        return Stream.of(
                Arguments.of(ArchitectureRules.PACKAGES_HAVE_NO_CYCLES, "Cycle detected"),
                Arguments.of(ArchitectureRules.DOMAIN_KNOWS_NO_TRANSPORT_AND_NO_STORAGE, "SabotageResource"),
                Arguments.of(ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_DOES, "SabotageHelper"),
                Arguments.of(ArchitectureRules.ONLY_THE_CLOCK_TELLS_TIME, "Instant.now()"),
                Arguments.of(ArchitectureRules.ONLY_THE_CLOCK_TELLS_TIME, "UUID.randomUUID()"));
    }

    @ParameterizedTest
    @MethodSource("sabotages")
    void noticesItsSabotage(ArchRule rule, String detail) {
        var classes = new ClassFileImporter().importPackagesOf(SabotageHelper.class, Decision.class);

        var result = rule.evaluate(classes);

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().toString()).contains(detail);
    }
}
