package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.MemoryRegistry;
import io.cordon.agent.os.windows.RegistryValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceRegistrationTest {
    private static final String NAME = ServiceConfig.NAME;
    private static final ServiceConfig WANTED = ServiceConfig.wanted("\"C:\\Program Files\\Cordon\\java.exe\" run");

    @TempDir
    Path dir;

    private MemoryServices services = new MemoryServices();
    private MemoryRegistry registry = new MemoryRegistry();
    private Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(Files.createTempDirectory(dir, "ledger"));
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
    }

    private ServiceRegistration registration() {
        return new ServiceRegistration(services, registry, ledger);
    }

    private List<ServiceSetting> differences() {
        return ServiceRegistration.differences(withCanonicalAccess(), services.read(NAME));
    }

    private static ServiceConfig withCanonicalAccess() {
        MemoryServices other = new MemoryServices();
        try {
            other.create("x", WANTED);
            for (ServiceSetting each : ServiceSetting.values()) {
                other.change("x", each, WANTED);
            }
            ServiceConfig config = other.read("x").orElseThrow();
            return new ServiceConfig(
                    config.binaryPath(),
                    config.displayName(),
                    config.description(),
                    config.automatic(),
                    config.delayed(),
                    config.account(),
                    config.dependencies(),
                    config.restartDelays(),
                    config.failureReset(),
                    config.failureOnError(),
                    config.sidType(),
                    config.privileges(),
                    config.preshutdown(),
                    other.canonical(config.access()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void registersEverythingAndASecondRunWritesNothing() throws IOException {
        registration().converge(NAME, WANTED);
        assertEquals(List.of(), differences());
        assertEquals(List.of(), EventSource.differences(registry));
        int changes = services.changes().size();
        int writes = registry.writes();
        assertEquals(List.of(), registration().converge(NAME, WANTED));
        assertEquals(changes, services.changes().size());
        assertEquals(writes, registry.writes());
        assertEquals(1, ledger.open().size());
    }

    @Test
    void anUpgradeChangesOnlyTheCommandLine() throws IOException {
        registration().converge(NAME, WANTED);
        assertEquals(
                List.of("service CordonAgent: base"),
                registration().converge(NAME, ServiceConfig.wanted("\"C:\\Program Files\\Cordon 2\\java.exe\" run")));
        assertEquals("BASE", services.changes().get(services.changes().size() - 1));
    }

    @Test
    void aKillAtAnyPointIsRepairedByTheNextRunAndUndoneWithoutARest() throws IOException {
        int all = 1 + ServiceSetting.values().length - 1;
        for (int kill = 0; kill < all; kill++) {
            services = new MemoryServices();
            registry = new MemoryRegistry();
            ledger.close();
            open();
            services.failAt(kill);
            assertThrows(IOException.class, () -> registration().converge(NAME, WANTED), "kill at " + kill);
            registration().converge(NAME, WANTED);
            assertEquals(List.of(), differences(), "kill at " + kill);
            registration().undo();
            assertEquals(Optional.empty(), services.read(NAME));
            assertEquals(new MemoryRegistry().dump(), registry.dump());
            assertEquals(List.of(), ledger.open());
        }
    }

    @Test
    void whatTheInstallerRegisteredIsCorrectedButNotRemovedByUs() throws IOException {
        services.create(NAME, WANTED);
        EventSource.converge(registry);
        registration().converge(NAME, WANTED);
        assertEquals(List.of(), differences());
        assertEquals(List.of(), registration().undo());
        assertTrue(services.read(NAME).isPresent());
    }

    @Test
    void restartsAfterFailuresThatAreNoCrashesToo() {
        assertEquals(3, WANTED.restartDelays().size());
        assertTrue(WANTED.failureOnError());
        assertTrue(WANTED.delayed());
        assertEquals("LocalSystem", WANTED.account());
    }

    @Test
    void usersMayLookButNotTouch() {
        String users = WANTED.access().replaceFirst(".*\\(A;;([A-Z]+);;;AU\\).*", "$1");
        // Rights are pairs of letters: start RP, stop WP, change DC, control CR, delete SD, access WD, owner WO.
        for (int i = 0; i < users.length(); i += 2) {
            assertTrue(List.of("CC", "LC", "SW", "LO", "RC").contains(users.substring(i, i + 2)), users);
        }
        assertFalse(WANTED.access().contains(";;;WD)") || WANTED.access().contains(";;;BU)"));
    }

    @Test
    void anUnquotedCommandIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ServiceConfig.wanted("C:\\Program Files\\Cordon\\java.exe"));
    }

    @Test
    void theEventSourceIsRepaired() throws IOException {
        registry.write(EventSource.KEY, "EventMessageFile", new RegistryValue.Text("C:\\evil.dll"));
        assertTrue(EventSource.converge(registry));
        assertEquals(
                Optional.of(new RegistryValue.Expandable("%SystemRoot%\\System32\\EventCreate.exe")),
                registry.read(EventSource.KEY, "EventMessageFile"));
        for (EventKind each : EventKind.values()) {
            assertTrue(each.id() >= 1 && each.id() <= 1000, each + ": the message file has ids 1 to 1000");
        }
    }
}
