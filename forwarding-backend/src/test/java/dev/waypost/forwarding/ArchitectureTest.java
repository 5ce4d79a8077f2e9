package dev.waypost.forwarding;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.waypost.testing.Architecture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void arrowsPointOneWay() {
        Architecture.checkArrows();
    }

    @Test
    @DisplayName("no name is looked up in the JVM, whose resolver may be this very library")
    void noNameIsLookedUpInTheJvm() {
        List<String> lookups = List.of(
                "getByName", "getAllByName", "getLocalHost", "getHostName", "getCanonicalHostName", "isReachable");
        DescribedPredicate<JavaCall<?>> looksUp = DescribedPredicate.describe(
                "look a name up",
                call -> call.getTargetOwner().isAssignableTo(InetAddress.class) && lookups.contains(call.getName())
                        || call.getTargetOwner().isAssignableTo(InetSocketAddress.class)
                                && (call.getName().equals("getHostName")
                                        || call.getName().equals("<init>")
                                                && call.getTarget()
                                                        .getRawParameterTypes()
                                                        .get(0)
                                                        .isEquivalentTo(String.class)));
        noClasses()
                .that()
                .resideInAPackage("dev.waypost.forwarding..")
                .and()
                .doNotHaveFullyQualifiedName(AddressLiteral.class.getName()) // of literals, known by their form
                .should()
                .callCodeUnitWhere(looksUp)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.waypost.forwarding"));
    }
}
