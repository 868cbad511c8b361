package dev.longshore.retention;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.registries.deletion.ManifestDeletes;
import dev.longshore.registries.deletion.TagDeletes;
import dev.longshore.retention.domain.Decision;
import dev.longshore.testkit.ArchitectureRules;

@AnalyzeClasses(packages = "dev.longshore.retention", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule NOTHING_BLOCKS = ArchitectureRules.nothingBlocksOnAUniExcept();

    @ArchTest
    static final ArchRule NOTHING_SUBSCRIBES = ArchitectureRules.nothingSubscribesExcept();

    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_SERVICE = ArchitectureRules.knowsNoOtherService("retention");

    @ArchTest
    static final ArchRule DELETIONS_NEED_A_DECISION = methods()
            .that(callWhatDeletes())
            .should(takeADecision())
            .because("docs/adr/0007: only a complete evaluation makes a decision to delete");

    private static DescribedPredicate<JavaMethod> callWhatDeletes() {
        return DescribedPredicate.describe(
                "delete at a registry",
                method -> method.getMethodCallsFromSelf().stream().anyMatch(call -> isDeletion(call.getTarget())));
    }

    private static boolean isDeletion(AccessTarget called) {
        var owner = called.getOwner();
        return (owner.isAssignableTo(ManifestDeletes.class)
                        || owner.isAssignableTo(TagDeletes.class)
                        || owner.isAssignableTo(RegistryClient.class))
                && called.getName().startsWith("delete");
    }

    private static ArchCondition<JavaMethod> takeADecision() {
        return ArchCondition.from(DescribedPredicate.describe(
                "take a Decision.Delete",
                method -> method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Decision.Delete.class))));
    }
}
