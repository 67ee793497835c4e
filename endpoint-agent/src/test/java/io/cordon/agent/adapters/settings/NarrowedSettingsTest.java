package io.cordon.agent.adapters.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.adapters.AgentPolicies;
import io.cordon.agent.adapters.codex.CodexSettings;
import io.cordon.agent.adapters.gemini.GeminiSettings;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.linux.PosixCustody;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that still names an agent and has fewer files for it. Needs root, as the agent does. */
class NarrowedSettingsTest {
    @TempDir
    Path folder;

    private ResolvedPolicy policy = AgentPolicies.agents("{gemini: {}, codex: {}}");
    private Path root;

    @BeforeEach
    void machine() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectory(root.resolve("etc"));
        Files.createDirectory(folder.resolve("ledger"));
    }

    /** One look, as after a start of the agent. */
    private void tick() throws IOException {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger"))) {
            ManagedSettings settings = new ManagedSettings(new ManagedSettings.Parts(
                    List.of(new GeminiSettings(), new CodexSettings()),
                    List.of(),
                    new Place(root),
                    new PosixCustody(),
                    ledger,
                    () -> policy,
                    () -> AgentPolicies.LINUX,
                    text -> text,
                    InstantSource.system()));
            settings.tick();
            assertNull(settings.problem());
        }
    }

    @Test
    void rulesThatAuditDoesNotHaveAreGivenBack() throws IOException {
        Path rules = root.resolve("etc/gemini-cli/policies/cordon.toml");
        Files.createDirectories(rules.getParent());
        Files.writeString(rules, "theirs\n");
        tick();
        assertTrue(Files.readString(rules).contains("[[rule]]"));
        policy = AgentPolicies.named("audit");
        tick();
        assertEquals("theirs\n", Files.readString(rules));
        assertTrue(
                Files.readString(root.resolve("etc/gemini-cli/settings.json")).contains("cordon"));
    }

    @Test
    void rulesThatAskingAlwaysDoesNotHaveAreTakenAway() throws IOException {
        Path rules = root.resolve("etc/codex/rules/cordon.rules");
        tick();
        assertTrue(Files.exists(rules));
        policy = AgentPolicies.agents("{gemini: {}, codex: {approvals: always}}");
        tick();
        assertFalse(Files.exists(rules.getParent()), "the rules and the folder that was made for them");
        assertTrue(Files.exists(root.resolve("etc/codex/requirements.toml")));
    }
}
