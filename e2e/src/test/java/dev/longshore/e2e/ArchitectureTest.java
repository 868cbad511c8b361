package dev.longshore.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.longshore.testkit.ArchitectureRules;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds between modules; what holds within one is in its own ArchitectureTest. */
class ArchitectureTest {

    private static JavaClasses all;

    @BeforeAll
    static void importAll() {
        var folders = Modules.all().stream()
                .map(module -> module.resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        all = new ClassFileImporter().importPaths(folders);
    }

    @Test
    void looksAtEveryModule() throws IOException {
        assertThat(Modules.all())
                .extracting(module -> Modules.root().relativize(module).toString())
                .containsExactlyInAnyOrderElementsOf(Modules.inThePom());
        assertThat(Modules.all())
                .allSatisfy(module -> assertThat(Modules.javaFiles(module.resolve("src/main/java"))
                                        .isEmpty()
                                || Files.isDirectory(module.resolve("target/classes")))
                        .as("%s is compiled", module)
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "config", "push", "scan", "replication", "retention"})
    void servicesDoNotKnowEachOther(String service) {
        ArchitectureRules.knowsNoOtherService(service).check(all);
    }

    @Test
    void ociKnowsNothingOfOurs() {
        dependOnOnly("dev.longshore.oci", List.of("dev.longshore.oci"));
    }

    @Test
    void ociClientKnowsOciOnly() {
        dependOnOnly("dev.longshore.oci.client..", List.of("dev.longshore.oci", "dev.longshore.oci.client.."));
    }

    @Test
    void eventsKnowOciOnly() {
        dependOnOnly("dev.longshore.events..", List.of("dev.longshore.events..", "dev.longshore.oci"));
    }

    @Test
    void registriesKnowTheClientAndTheEvents() {
        dependOnOnly(
                "dev.longshore.registries..",
                List.of(
                        "dev.longshore.registries..",
                        "dev.longshore.oci",
                        "dev.longshore.oci.client..",
                        "dev.longshore.events.."));
    }

    @Test
    void theKitKnowsEventsOnly() {
        dependOnOnly("dev.longshore.kit..", List.of("dev.longshore.kit..", "dev.longshore.events.."));
    }

    @Test
    void tasksKnowTheKitAndEventsOnly() {
        dependOnOnly(
                "dev.longshore.tasks..",
                List.of("dev.longshore.tasks..", "dev.longshore.kit..", "dev.longshore.events.."));
    }

    /** The kit carries events without knowing what they say, but for those that it makes itself. */
    @Test
    void theKitKnowsNoEventButItsOwn() {
        var known = Set.of(
                "dev.longshore.events.Event",
                "dev.longshore.events.EventType",
                "dev.longshore.events.Topic",
                "dev.longshore.events.ErrorCode",
                "dev.longshore.events.AuditEvent$AuditRecorded",
                "dev.longshore.events.AuditEvent$Result",
                "dev.longshore.events.ConfigEvent$Secret",
                "dev.longshore.events.ProgressEvent$ProgressReported",
                // No event: the one rule by which every service knows whose a repository is.
                "dev.longshore.events.RepositoryOwners",
                "dev.longshore.events.RepositoryOwners$Claim");

        noClasses()
                .that()
                .resideInAnyPackage("dev.longshore.kit..", "dev.longshore.tasks..")
                .should()
                .dependOnClassesThat(DescribedPredicate.<JavaClass>describe(
                        "are events of services",
                        type -> type.getPackageName().startsWith("dev.longshore.events")
                                && !known.contains(type.getBaseComponentType().getName())))
                .because("the kit has no domain words (docs/adr/0002)")
                .check(all);
    }

    @Test
    void theLocalSuiteKnowsNothingOfOurs() {
        dependOnOnly("dev.longshore.local..", List.of("dev.longshore.local.."));
    }

    @Test
    void nothingButTestsAndBenchmarksKnowsTheTestkit() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.longshore.testkit..", "dev.longshore.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.longshore.testkit..")
                .because("it is no part of what is run (docs/adr/0009)")
                .check(all);
    }

    private static void dependOnOnly(String from, List<String> allowed) {
        var packages = allowed.toArray(String[]::new);
        DescribedPredicate<JavaClass> within = DescribedPredicate.describe(
                "are of " + allowed + " or not ours",
                type -> !type.getPackageName().startsWith("dev.longshore")
                        || JavaClass.Predicates.resideInAnyPackage(packages).test(type));
        classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat(within)
                .because("libs/ depend downwards (docs/adr/0002)")
                .check(all);
    }
}
