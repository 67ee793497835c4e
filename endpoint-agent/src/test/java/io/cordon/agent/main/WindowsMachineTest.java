package io.cordon.agent.main;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.MemorySecrets;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.windows.MemoryRegistry;
import io.cordon.agent.os.windows.RegistryValue.Text;
import io.cordon.agent.os.windows.service.AgentSettings;
import io.cordon.agent.os.windows.service.EventSource;
import io.cordon.agent.os.windows.service.ServiceConfig;
import io.cordon.agent.provision.AgentLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Windows wiring, over fakes of everything native. */
class WindowsMachineTest {
    @TempDir
    Path dir;

    private FakeWindows windows = new FakeWindows(Path.of("unset"));
    private WindowsMachine machine = new WindowsMachine(windows.api());
    private AgentLayout layout = new AgentLayout(Path.of("unset"), Path.of("unset"));

    @BeforeEach
    void install() {
        windows = new FakeWindows(dir);
        machine = new WindowsMachine(windows.api());
        layout = new AgentLayout(machine.defaultData(), machine.defaultRuntime(machine.defaultData()));
        System.setProperty("cordon.home", "C:\\Program Files\\Cordon");
    }

    @AfterEach
    void clear() {
        System.clearProperty("cordon.home");
    }

    private MemoryRegistry registry() {
        return windows.registry;
    }

    @Test
    void placesAreBelowProgramDataAndLockedToTheAgent() throws IOException {
        assertEquals(dir.resolve("Cordon"), layout.data());
        machine.prepareData(layout);
        try (Ledger ledger = Ledger.open(layout.ledger())) {
            machine.prepareRuntime(layout, ledger);
        }
        assertTrue(Files.isDirectory(layout.runtime()));
        assertTrue(layout.runtime().startsWith(layout.data()));
    }

    @Test
    void factsComeFromTheRegistry() throws IOException {
        MachineFacts facts = machine.facts(new MemorySecrets());
        assertEquals("windows", facts.os());
        assertEquals("desk-1.corp", facts.hostname());
        assertEquals("Windows 11 Pro (22631)", facts.osVersion());
        assertEquals(facts.machineId(), machine.facts(new MemorySecrets()).machineId());
    }

    @Test
    void onlyAnElevatedAdministratorOrTheSystemGoesOn() {
        windows.administrator = false;
        CommandException refused =
                assertThrows(CommandException.class, () -> machine.requireAdministrator("install-service"));
        assertEquals(ExitCode.NOT_ROOT, refused.code());
        assertTrue(refused.getMessage().contains("Run as administrator"));
    }

    @Test
    void groupPolicySaysWhichServer() throws CommandException {
        assertEquals(Optional.empty(), machine.managedServer());
        registry().write(AgentSettings.POLICY, AgentSettings.SERVER_ADDRESS, new Text("https://cordon.corp"));
        assertEquals(
                "https://cordon.corp", machine.managedServer().orElseThrow().value());
        CommandException refused = assertThrows(
                CommandException.class,
                () -> EnrollCommand.run(machine, List.of("--server", "https://elsewhere", "--token", "x")));
        assertTrue(refused.getMessage().contains("HKLM\\SOFTWARE\\Policies\\Cordon\\ServerAddress"));
        registry().write(AgentSettings.POLICY, AgentSettings.LOG_LEVEL, new Text("loud"));
        assertEquals(Level.INFO, machine.logLevel());
    }

    @Test
    void theServiceIsInstalledOnceUpdatedInPlaceAndRemovedWithEverything() throws Exception {
        WindowsCommands commands = new WindowsCommands(machine);
        assertEquals(ExitCode.OK, commands.installService(List.of()));
        ServiceConfig installed = windows.services.read(ServiceConfig.NAME).orElseThrow();
        assertTrue(installed.binaryPath().endsWith("io.cordon.agent.main.CordonAgent run"), installed.binaryPath());
        Files.writeString(layout.identity().resolve("kept"), "x");
        System.setProperty("cordon.home", "C:\\Program Files\\Cordon 2");
        assertEquals(ExitCode.OK, commands.installService(List.of("--start", "no")));
        assertTrue(windows.services
                .read(ServiceConfig.NAME)
                .orElseThrow()
                .binaryPath()
                .contains("Cordon 2"));
        assertTrue(Files.exists(layout.identity().resolve("kept")));
        assertEquals(ExitCode.OK, UninstallCommand.run(machine, List.of()));
        assertEquals(Optional.empty(), windows.services.read(ServiceConfig.NAME));
        assertFalse(registry().exists(EventSource.KEY));
        assertFalse(Files.exists(layout.data()));
    }

    @Test
    void whatThisBuildCannotTakeBackKeepsTheLedger() throws IOException {
        machine.prepareData(layout);
        try (Ledger ledger = Ledger.open(layout.ledger())) {
            ledger.intend(new Change("from-the-future", Map.of("what", "x")));
        }
        CommandException refused = assertThrows(CommandException.class, () -> UninstallCommand.run(machine, List.of()));
        assertTrue(refused.getMessage().contains("from-the-future"), refused.getMessage());
        assertTrue(Files.exists(layout.ledger().resolve("changes.log")));
    }

    @Test
    void startedByTheManagerTheFailedPhaseIsTheServicesExitCode() throws Exception {
        windows.managed = true;
        ExitCode code = machine.serve((host, stop) -> {
            throw new CommandException(ExitCode.DATA_CORRUPT, "the ledger is damaged");
        });
        assertEquals(ExitCode.DATA_CORRUPT, code);
        assertEquals(66, windows.lastExitCode);
        assertTrue(windows.events.get(0).contains("exit code 66): the ledger is damaged"), windows.events.toString());
    }

    @Test
    void outsideTheManagerItRunsInTheConsole() throws Exception {
        ExitCode code = machine.serve((host, stop) -> {
            host.ready("x");
            assertEquals(1, stop.getCount());
            return ExitCode.OK;
        });
        assertEquals(ExitCode.OK, code);
        assertEquals(List.of(), windows.events);
        CountDownLatch ran = new CountDownLatch(1);
        assertThrows(
                CommandException.class,
                () -> machine.serve((host, stop) -> {
                    ran.countDown();
                    throw new CommandException(ExitCode.OWNED, "taken");
                }));
        assertEquals(0, ran.getCount());
    }

    @Test
    void secretsOfTheServiceAreSealed() throws IOException {
        machine.prepareData(layout);
        machine.secrets(layout).write("key", new byte[] {5});
        assertArrayEquals(
                new byte[] {0, 5}, Files.readAllBytes(layout.identity().resolve("key")));
        windows.asService = true;
        assertArrayEquals(new byte[] {5}, machine.secrets(layout).read("key").orElseThrow());
        assertEquals(1, Files.readAllBytes(layout.identity().resolve("key"))[0]);
    }

    @Test
    void preflightRefusesWithItsOwnExitCode() throws CommandException {
        assertEquals(ExitCode.OS, new WindowsCommands(machine).preflight(List.of()));
        windows.services.set("BFE", io.cordon.agent.os.windows.service.ServiceStatus.State.RUNNING);
        windows.services.set("MpsSvc", io.cordon.agent.os.windows.service.ServiceStatus.State.RUNNING);
        assertEquals(ExitCode.OK, new WindowsCommands(machine).preflight(List.of()));
    }

    private void running(String... services) {
        for (String each : services) {
            windows.services.set(each, io.cordon.agent.os.windows.service.ServiceStatus.State.RUNNING);
        }
    }

    @Test
    void whatThePreflightRefusesIsRefusedAtTheStartBeforeAnythingIsMade() throws IOException {
        running("BFE");
        WindowsPreflight preflight = new WindowsPreflight(windows.api());
        String refused = preflight.refusalBeforeAccounts();
        assertTrue(refused.contains("Windows Defender Firewall: the service MpsSvc does not run"), refused);
        assertTrue(refused.endsWith("restart the service CordonAgent"), refused);
        assertEquals(refused, preflight.refusalWithAccounts());
        running("MpsSvc");
        assertNull(preflight.refusalBeforeAccounts());
        assertNull(preflight.refusalWithAccounts());
    }

    /** A right that somebody took away is given back by making the accounts, so it must not keep them from being made. */
    @Test
    void whatMakingTheAccountsPutsRightDoesNotRefuseBeforeThem() throws IOException {
        running("BFE", "MpsSvc");
        windows.accounts.createUser("CordonOffline", "theirs", new char[0], 0);
        WindowsPreflight preflight = new WindowsPreflight(windows.api());
        assertNull(preflight.refusalBeforeAccounts());
        assertTrue(preflight.refusalWithAccounts().contains("Log on as a batch job"));
    }

    @ParameterizedTest
    @EnumSource(NetworkBoundary.Mode.class)
    void withoutAccountsNothingRunsThatWouldHaveToBeConfined(NetworkBoundary.Mode mode) {
        assertEquals(
                new NetworkPlan.Refused("sandbox-accounts", "preflight says no"),
                WindowsConfinement.withoutAccounts(new NetworkBoundary(true, mode, List.of()), "preflight says no"));
        assertEquals(
                NetworkPlan.Granted.online(),
                WindowsConfinement.withoutAccounts(new NetworkBoundary(false, mode, List.of()), "preflight says no"));
    }

    @Test
    void notesOfThePreflightGoToTheLogOfTheService() throws IOException {
        running("BFE", "MpsSvc");
        windows.registry.write(
                "SYSTEM\\CurrentControlSet\\Services\\LxssManager",
                "Start",
                new io.cordon.agent.os.windows.RegistryValue.Number(3));
        java.util.logging.Logger log = java.util.logging.Logger.getLogger(WindowsPreflight.class.getName());
        io.cordon.agent.os.windows.service.EventLogHandler handler =
                new io.cordon.agent.os.windows.service.EventLogHandler(windows);
        handler.setFormatter(new java.util.logging.SimpleFormatter());
        log.addHandler(handler);
        try {
            assertNull(new WindowsPreflight(windows.api()).refusalWithAccounts());
        } finally {
            log.removeHandler(handler);
        }
        assertTrue(
                windows.events.stream().anyMatch(line -> line.startsWith("WARNING") && line.contains("preflight: WSL")),
                windows.events.toString());
    }

    @Test
    void commandsOfWindowsAreInItsUsage() {
        assertEquals(
                machine.commands().size() + machine.runOptions().size(),
                machine.usage().size());
    }
}
