package dev.waypost.kubernetes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.waypost.testing.Architecture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The arrows between packages")
class ArchitectureTest {
    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.waypost.kubernetes");

    @Test
    void arrowsPointOneWay() {
        Architecture.checkArrows();
    }

    @Test
    void packagesOfTheModuleHaveNoCycle() {
        slices().matching("dev.waypost.kubernetes.(*)..")
                .should()
                .beFreeOfCycles()
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage("dev.waypost.kubernetes.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.waypost.kubernetes")
                .check(MODULE);
    }

    @Test
    void onlyTheWatchKnowsHttpAndItsClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.waypost.kubernetes.watch")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..", "io.kubernetes..")
                .check(MODULE);
    }

    @Test
    void typedModelsAndInformersAreNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.kubernetes.client.openapi.models..", "io.kubernetes.client.informer..")
                .check(MODULE);
    }
}
