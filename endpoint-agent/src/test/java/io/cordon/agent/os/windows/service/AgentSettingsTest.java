package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.MemoryRegistry;
import io.cordon.agent.os.windows.RegistryValue;
import io.cordon.agent.os.windows.RegistryValue.Text;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class AgentSettingsTest {
    private final MemoryRegistry registry = new MemoryRegistry();

    private Optional<String> server(String commandLine) throws IOException {
        return AgentSettings.read(registry)
                .server(Optional.ofNullable(commandLine))
                .map(AgentSettings.Setting::value);
    }

    @Test
    void groupPolicyWinsOverTheInstallationAndThatOverTheCommandLine() throws IOException {
        assertEquals(Optional.empty(), server(null));
        assertEquals(Optional.of("https://c"), server("https://c"));
        registry.write(AgentSettings.OWN, "ServerAddress", new Text("https://b"));
        assertEquals(Optional.of("https://b"), server("https://c"));
        registry.write(AgentSettings.POLICY, "ServerAddress", new Text(" https://a "));
        assertEquals(Optional.of("https://a"), server("https://c"));
        registry.write(AgentSettings.POLICY, "ServerAddress", new Text(" "));
        assertEquals(Optional.of("https://b"), server("https://c"));
    }

    @Test
    void aValueSaysWhereItIsFrom() throws IOException {
        registry.write(AgentSettings.POLICY, "ServerAddress", new Text("https://a"));
        assertEquals(
                "HKLM\\SOFTWARE\\Policies\\Cordon\\ServerAddress",
                AgentSettings.read(registry).serverAddress().orElseThrow().from());
    }

    @Test
    void logLevelsAreWordsAndInfoIsTheDefault() throws IOException {
        assertEquals(Level.INFO, AgentSettings.read(registry).logLevel().value());
        registry.write(AgentSettings.OWN, "LogLevel", new Text("Debug"));
        assertEquals(Level.FINE, AgentSettings.read(registry).logLevel().value());
    }

    @Test
    void entriesAreSetByCordonUnlessAdministratorsSaySo() throws IOException {
        assertFalse(AgentSettings.read(registry).manualAcls(Optional.empty()));
        assertTrue(AgentSettings.read(registry).manualAcls(Optional.of("manual")));
        registry.write(AgentSettings.OWN, "AclMode", new Text("Manual"));
        assertTrue(AgentSettings.read(registry).manualAcls(Optional.empty()));
        registry.write(AgentSettings.POLICY, "AclMode", new Text("automatic"));
        assertFalse(AgentSettings.read(registry).manualAcls(Optional.of("manual")));
        registry.write(AgentSettings.POLICY, "AclMode", new Text("none"));
        assertTrue(assertThrows(IOException.class, () -> AgentSettings.read(registry))
                .getMessage()
                .contains("AclMode: none (expected: automatic or manual)"));
    }

    @Test
    void aModeOfTheCommandLineThatIsNoneIsRefused() throws IOException {
        AgentSettings settings = AgentSettings.read(registry);
        assertTrue(assertThrows(IOException.class, () -> settings.manualAcls(Optional.of("off")))
                .getMessage()
                .contains("--acl-mode: off"));
    }

    @Test
    void whatMakesNoSenseIsSaidWithItsPlace() {
        registry.write(AgentSettings.POLICY, "LogLevel", new Text("loud"));
        IOException wrong = assertThrows(IOException.class, () -> AgentSettings.read(registry));
        assertTrue(wrong.getMessage().contains("LogLevel: loud (expected: one of debug, error, info, warning)"));
        registry.write(AgentSettings.POLICY, "LogLevel", new RegistryValue.Number(3));
        assertTrue(assertThrows(IOException.class, () -> AgentSettings.read(registry))
                .getMessage()
                .contains("dword:3 (expected: REG_SZ)"));
    }
}
