package dev.longshore.oci.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.longshore.testkit.ArchitectureRules;

@AnalyzeClasses(packages = "dev.longshore.oci", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule nothingBlocks = ArchitectureRules.nothingBlocksOnAUniExcept();

    @ArchTest
    static final ArchRule nothingSubscribes = ArchitectureRules.nothingSubscribesExcept("Home");

    @ArchTest
    static final ArchRule knowsOnlyOci = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.longshore.kit..", "dev.longshore.events..", "dev.longshore.registries..", "io.quarkus..")
            .because("libs/ depend downwards (docs/adr/0002)");
}
