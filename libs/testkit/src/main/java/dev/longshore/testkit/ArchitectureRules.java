package dev.longshore.testkit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.metaAnnotatedWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The house's walls. A service's {@code ArchitectureTest} takes them all with
 * {@code @ArchTest static final ArchTests house = ArchTests.in(ArchitectureRules.class)}, and adds those that need to be
 * told something.
 */
public final class ArchitectureRules {

    private static final String MESSAGING = "org.eclipse.microprofile.reactive.messaging.";
    private static final Set<String> SERVICES = Set.of("gateway", "config", "push", "scan", "replication", "retention");

    private ArchitectureRules() {}

    @ArchTest
    public static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("dev.longshore.(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .because("what depends on each other is one thing in two places (docs/adr/0002)");

    @ArchTest
    public static final ArchRule DOMAIN_KNOWS_NO_TRANSPORT_AND_NO_STORAGE = noClasses()
            .that()
            .resideInAPackage("dev.longshore..domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.longshore..kafka..",
                    "dev.longshore..rest..",
                    "dev.longshore..postgres..",
                    "dev.longshore..registry..",
                    "dev.longshore..trivy..",
                    "dev.longshore.kit..",
                    "dev.longshore.tasks..",
                    "jakarta.ws.rs..",
                    "jakarta.persistence..",
                    "org.hibernate..",
                    "io.vertx..",
                    "io.quarkus..",
                    "org.apache.kafka..",
                    "org.eclipse.microprofile.reactive.messaging..")
            .allowEmptyShould(true)
            .because("the domain is testable without a container (docs/adr/0002)");

    @ArchTest
    public static final ArchRule CHANNELS_END_IN_KAFKA = methods()
            .that(annotatedWith(MESSAGING + "Incoming").or(annotatedWith(MESSAGING + "Outgoing")))
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage("dev.longshore..kafka..")
            .allowEmptyShould(true)
            .because("edges are named after their technology (docs/adr/0002)");

    @ArchTest
    public static final ArchRule RESOURCES_LIVE_IN_REST = classes()
            .that(annotatedWith("jakarta.ws.rs.Path").or(annotatedWith("jakarta.ws.rs.ext.Provider")))
            .should()
            .resideInAPackage("dev.longshore..rest..")
            .allowEmptyShould(true)
            .because("edges are named after their technology (docs/adr/0002)");

    @ArchTest
    public static final ArchRule ENDPOINTS_LIVE_IN_REST = methods()
            .that(metaAnnotatedWith("jakarta.ws.rs.HttpMethod"))
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage("dev.longshore..rest..")
            .allowEmptyShould(true)
            .because("edges are named after their technology (docs/adr/0002)");

    @ArchTest
    public static final ArchRule ENTITIES_LIVE_IN_POSTGRES = classes()
            .that(annotatedWith("jakarta.persistence.Entity").or(annotatedWith("jakarta.persistence.Embeddable")))
            .should()
            .resideInAPackage("dev.longshore..postgres..")
            .allowEmptyShould(true)
            .because("entities are never shared (docs/adr/0002)");

    @ArchTest
    public static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith(MESSAGING + "Channel")
            .orShould()
            .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
            .allowEmptyShould(true)
            .because("a constructor says what a class needs, also to a test (docs/adr/0002)");

    @ArchTest
    public static final ArchRule CONFIGURATION_IS_MAPPED = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.eclipse.microprofile.config.inject.ConfigProperty")
            .allowEmptyShould(true)
            .because("configuration comes as @ConfigMapping, whose Javadoc is its reference (docs/adr/0010)");

    @ArchTest
    public static final ArchRule NAMES_SAY_WHAT_A_CLASS_DOES = noClasses()
            .that()
            .areTopLevelClasses()
            .should(ArchConditions.be(emptyNames()))
            .allowEmptyShould(true)
            .because("a class named Util, Helper, Manager, Impl, Base or Common has no one job (docs/adr/0002)");

    @ArchTest
    public static final ArchRule ONLY_THE_CLOCK_TELLS_TIME = noClasses()
            .that()
            .resideInAPackage("dev.longshore..domain..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .allowEmptyShould(true)
            .because("a decision made again must come out the same (docs/adr/0002)");

    @ArchTest
    public static final ArchRule ROWS_ARE_REMOVED_BY_STATEMENTS = noClasses()
            .should()
            .callMethodWhere(target(nameMatching("remove(All)?"))
                    .and(target(owner(assignableTo("org.hibernate.reactive.mutiny.Mutiny$Session")))))
            .allowEmptyShould(true)
            .because("two sessions that remove entities of one kind at once can wait for ever (kit.row.Removal)");

    @ArchTest
    public static final ArchRule ONLY_THE_OUTBOX_RELAY_PUBLISHES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.longshore.kit..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are emitters",
                    type -> Set.of(
                                    MESSAGING + "Emitter",
                                    "io.smallrye.reactive.messaging.MutinyEmitter",
                                    "org.apache.kafka.clients.producer.KafkaProducer")
                            .contains(type.getFullName())))
            .allowEmptyShould(true)
            .because("a change and its event commit together (docs/adr/0006)");

    /** No {@code Uni.await()} but in the classes named, by their simple names. */
    public static ArchRule nothingBlocksOnAUniExcept(String... simpleNames) {
        return noClasses()
                .that(DescribedPredicate.not(namedAnyOf(simpleNames)))
                .should()
                .callMethod("io.smallrye.mutiny.Uni", "await")
                .allowEmptyShould(true)
                .because("a blocked event loop stops everybody (docs/adr/0005)");
    }

    /** No {@code subscribe()} but in the classes named, by their simple names. */
    public static ArchRule nothingSubscribesExcept(String... simpleNames) {
        return noClasses()
                .that(DescribedPredicate.not(namedAnyOf(simpleNames)))
                .should()
                .callMethod("io.smallrye.mutiny.Uni", "subscribe")
                .orShould()
                .callMethod("io.smallrye.mutiny.Multi", "subscribe")
                .allowEmptyShould(true)
                .because("what nobody waits for fails unseen (docs/adr/0005)");
    }

    /** @param service the name of the service's package below {@code dev.longshore} */
    public static ArchRule knowsNoOtherService(String service) {
        var others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "dev.longshore." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("dev.longshore." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .because("services share only what lies in libs/ (docs/adr/0002)");
    }

    private static DescribedPredicate<JavaClass> emptyNames() {
        var suffixes = Stream.of("Util", "Utils", "Helper", "Helpers", "Manager", "Impl", "Base", "Common")
                .map(suffix -> simpleNameEndingWith(suffix))
                .reduce((one, other) -> one.or(other))
                .orElseThrow();
        return suffixes.and(DescribedPredicate.not(resideInAPackage("..generated..")))
                .as("named after nothing");
    }

    private static DescribedPredicate<JavaClass> namedAnyOf(String... simpleNames) {
        var names = Set.of(simpleNames);
        return DescribedPredicate.describe("are " + names, type -> names.contains(type.getSimpleName()));
    }
}
