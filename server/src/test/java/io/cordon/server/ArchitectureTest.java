package io.cordon.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cordon.server.access.Open;
import io.cordon.server.access.Requires;
import io.cordon.server.access.SignedIn;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of the domains, each of which may use only what stands before it, and what every admin resource declares. */
class ArchitectureTest {

    private static final List<String> ORDER = List.of(
            "platform",
            "audit",
            "access",
            "trust",
            "fleet",
            "enrollment",
            "policy",
            "telemetry",
            "detection",
            "investigation",
            "rollout",
            "export");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cordon.server");

    private static String domain(String name) {
        return "io.cordon.server." + name + "..";
    }

    @Test
    void domainsUseOnlyWhatStandsBeforeThem() {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] later = Stream.concat(ORDER.subList(i + 1, ORDER.size()).stream(), Stream.of("main"))
                    .map(ArchitectureTest::domain)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(domain(ORDER.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void everyClassBelongsToADomain() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(ORDER.stream(), Stream.of("main"))
                        .map(ArchitectureTest::domain)
                        .toArray(String[]::new))
                .check(CLASSES.that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "not package-info", type -> !type.getSimpleName().equals("package-info"))));
    }

    @Test
    void everyAdminMethodDeclaresWhoMayCallIt() {
        List<JavaMethod> methods = adminMethods();
        assertTrue(methods.size() > 15, "found " + methods.size());
        for (JavaMethod method : methods) {
            long declared = Stream.of(Requires.class, SignedIn.class, Open.class)
                    .filter(method::isAnnotatedWith)
                    .count();
            assertEquals(1, declared, method.getFullName());
        }
    }

    private static List<JavaMethod> adminMethods() {
        return CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Path.class)
                        && type.getAnnotationOfType(Path.class).value().startsWith("/admin/v1"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> Stream.of(GET.class, POST.class, PUT.class, DELETE.class)
                        .anyMatch(method::isAnnotatedWith))
                .toList();
    }
}
