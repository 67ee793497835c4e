package io.cordon.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may use whom: each package only what stands before it. */
class ArchitectureTest {
    private static final String ROOT = "io.cordon.agent.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cordon.agent");

    @Test
    void portsKnowNothingAboveThem() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "os")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above("os.linux", "ipc", "telemetry", "provision", "broker"))
                .check(CLASSES);
    }

    @Test
    void theWireKnowsOnlyThePorts() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "ipc")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above("os.linux", "telemetry", "provision", "broker"))
                .check(CLASSES);
    }

    @Test
    void linuxKnowsOnlyPortsAndWire() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "os.linux")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above("telemetry", "provision", "broker"))
                .check(CLASSES);
    }

    @Test
    void windowsKnowsOnlyPortsAndWire() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "os.windows..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above("os.linux", "telemetry", "provision", "broker"))
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringChoosesAnOperatingSystem() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "telemetry..",
                        ROOT + "provision..",
                        ROOT + "broker..",
                        ROOT + "ipc..",
                        ROOT + "adapters..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "os.linux..", ROOT + "os.windows..")
                .check(CLASSES);
    }

    @Test
    void telemetryAndProvisioningDoNotKnowTheBroker() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "telemetry", ROOT + "provision")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above("egress", "broker"))
                .check(CLASSES);
    }

    @Test
    void theEgressProxyKnowsOnlyTelemetry() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "egress..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above("os", "ipc", "provision", "broker"))
                .check(CLASSES);
    }

    @Test
    void nativeCallsStayInTheWin32Package() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "os.windows.win32")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(CLASSES);
    }

    /** The packages named, and those that are always above: what talks to the server, and the wiring. */
    private static String[] above(String... packages) {
        return java.util.stream.Stream.concat(
                        List.of(packages).stream(), List.of("health", "sync", "enrollment", "main").stream())
                .map(name -> ROOT + name + "..")
                .toArray(String[]::new);
    }
}
