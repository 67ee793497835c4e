package io.cordon.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each package uses only what stands before it, and the module only what it may. */
class PackageOrderTest {

    private static final List<String> ORDER =
            List.of("model", "command", "document", "resolve", "evaluate", "baseline");

    private final JavaClasses module = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.cordon.policy");

    @Test
    void everyPackageUsesOnlyThoseBeforeIt() {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] after = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(PackageOrderTest::name)
                    .toArray(String[]::new);
            if (after.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(name(ORDER.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(after)
                        .check(module);
            }
        }
    }

    @Test
    void theOrderWouldBeMissedIfItWereBroken() {
        assertThrows(
                AssertionError.class,
                () -> noClasses()
                        .that()
                        .resideInAPackage(name("evaluate"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(name("resolve"))
                        .check(module));
    }

    @Test
    void trustKnowsNothingOfPolicies() {
        noClasses()
                .that()
                .resideInAPackage(name("trust"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(name("resolve"), name("evaluate"), name("command"), name("baseline"))
                .check(module);
        noClasses()
                .that()
                .resideInAnyPackage(ORDER.stream().map(PackageOrderTest::name).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(name("trust"))
                .check(module);
    }

    @Test
    void theModuleUsesOnlyTheJdkJacksonTheSchemaValidatorAndJspecify() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax..",
                        "io.cordon.policy..",
                        "com.fasterxml.jackson..",
                        "com.networknt.schema..",
                        "org.jspecify..")
                .check(module);
    }

    @Test
    void everyPackageIsPlaced() {
        TreeSet<String> found = new TreeSet<>();
        module.forEach(type -> found.add(type.getPackageName()
                .replaceFirst("^io\\.cordon\\.policy\\.?", "")
                .replaceFirst("\\..*", "")));
        found.remove("");
        TreeSet<String> placed = new TreeSet<>(ORDER);
        placed.add("trust");
        assertEquals(placed, found);
    }

    private static String name(String last) {
        return "io.cordon.policy." + last + "..";
    }
}
