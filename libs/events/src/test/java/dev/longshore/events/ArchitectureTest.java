package dev.longshore.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.longshore.testkit.ArchitectureRules;

@AnalyzeClasses(packages = "dev.longshore.events", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule EVENTS_KNOW_ONLY_THE_JDK_OCI_AND_ANNOTATIONS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "dev.longshore.events..",
                    "dev.longshore.oci",
                    "com.fasterxml.jackson.annotation",
                    "org.jspecify..")
            .because("a contract brings no framework along (docs/adr/0003)");

    @ArchTest
    static final ArchRule EVENTS_ARE_RECORDS = classes()
            .that()
            .implement(Event.class)
            .and()
            .areNotInterfaces()
            .should()
            .beRecords()
            .because("a fact does not change (docs/adr/0003)");
}
