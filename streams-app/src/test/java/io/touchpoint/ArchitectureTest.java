package io.touchpoint;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.touchpoint.topics.Topic;
import io.touchpoint.topology.TouchpointTopology;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.Test;

/** Who may see whom. */
class ArchitectureTest {

    private static final String DOMAIN = "io.touchpoint.domain..";
    private static final String CHURN = "io.touchpoint.domain.churn..";
    private static final String AUDIENCE = "io.touchpoint.domain.audience..";
    private static final String RECORDS = "io.touchpoint.records..";
    private static final int A_SCREEN = 60;

    private static final JavaClasses PRODUCTION = new ClassFileImporter().importUrl(production());

    @Test
    void shouldHaveFoundTheClasses() {
        assertThat(PRODUCTION.contain(TouchpointTopology.class)).isTrue();
        assertThat(PRODUCTION).hasSizeGreaterThan(100);
    }

    @Test
    void shouldKeepTheDomainPure() {
        classes()
                .that()
                .resideInAPackage(DOMAIN)
                .and()
                .resideOutsideOfPackages(CHURN, AUDIENCE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(DOMAIN, RECORDS, "java..")
                .because("the rules of the business know no Kafka, no clock and no input or output")
                .check(PRODUCTION);
    }

    @Test
    void shouldLetOnlyTheChurnModelsSeeTheNumericsLibrary() {
        classes()
                .that()
                .resideInAPackage(CHURN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(DOMAIN, RECORDS, "java..", "org.hipparchus..")
                .check(PRODUCTION);
        noClasses()
                .that()
                .resideOutsideOfPackage(CHURN)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.hipparchus..")
                .check(PRODUCTION);
    }

    @Test
    void shouldLetOnlyTheAudiencesReadTelephoneNumbers() {
        classes()
                .that()
                .resideInAPackage(AUDIENCE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(DOMAIN, RECORDS, "java..", "com.google.i18n.phonenumbers..")
                .check(PRODUCTION);
        noClasses()
                .that()
                .resideOutsideOfPackage(AUDIENCE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.i18n.phonenumbers..")
                .check(PRODUCTION);
    }

    @Test
    void shouldKeepInputOutputAndTheClockOutOfTheDomain() {
        noClasses()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio.file..", "java.net.."))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(PRODUCTION);
    }

    @Test
    void shouldLetOnlyTheTopologyAndTopicsTouchTheStreamsBuilder() {
        noClasses()
                .that()
                .areNotAssignableTo(TouchpointTopology.class)
                .and()
                .areNotAssignableTo(Topic.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(StreamsBuilder.class)
                .because("who opens TouchpointTopology has seen the whole flow")
                .check(PRODUCTION);
    }

    @Test
    void shouldKeepTheRegistryClientBelowTheSerdes() {
        classes()
                .that()
                .resideInAPackage("io.touchpoint.registry..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.touchpoint.registry..", "java..", "javax.net.ssl..", "org.apache..", "com.fasterxml..")
                .because("the serdes ask a registry, and a registry knows nothing of records")
                .check(PRODUCTION);
    }

    @Test
    void shouldNotKnowTheSandbox() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.touchpoint.sandbox.."))
                .because("what runs in production carries no broker")
                .check(PRODUCTION);
    }

    @Test
    void shouldNameRoomsByWhatIsInThem() {
        for (var name : new String[] {"util", "utils", "common", "helper", "helpers", "impl", "base", "manager"}) {
            noClasses()
                    .should()
                    .resideInAPackage("io.touchpoint.." + name + "..")
                    .check(PRODUCTION);
        }
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(PRODUCTION);
    }

    @Test
    void shouldKeepStepsWithinTheirPackage() {
        classes()
                .that()
                .resideInAPackage("io.touchpoint.topology..")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("TouchpointTopology")
                .and()
                .doNotHaveSimpleName("InputLag")
                .and()
                .doNotHaveSimpleName("StoredCustomers")
                .should()
                .notBePublic()
                .check(PRODUCTION);
    }

    @Test
    void shouldShowTheWholeFlowOnOneScreen() throws IOException {
        var source = Files.readString(
                Path.of("src", "main", "java", "io", "touchpoint", "topology", "TouchpointTopology.java"));
        var body = source.substring(source.indexOf("class TouchpointTopology"));
        assertThat(body.lines())
                .as("lines of TouchpointTopology below its imports")
                .hasSizeLessThanOrEqualTo(A_SCREEN);
    }

    @Test
    void shouldFailWhereARuleIsBroken() {
        assertThat(noClasses()
                        .should()
                        .dependOnClassesThat(alwaysTrue())
                        .evaluate(PRODUCTION)
                        .hasViolation())
                .isTrue();
    }

    private static URL production() {
        return TouchpointTopology.class.getProtectionDomain().getCodeSource().getLocation();
    }
}
