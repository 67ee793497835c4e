package io.cordon.agent.adapters;

import io.cordon.agent.adapters.claudecode.ClaudeCodeSettings;
import io.cordon.agent.adapters.codex.CodexSettings;
import io.cordon.agent.adapters.copilot.CopilotSettings;
import io.cordon.agent.adapters.gemini.GeminiSettings;
import io.cordon.agent.adapters.settings.ManagedSettings;
import io.cordon.agent.adapters.settings.Place;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.linux.PosixCustody;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes managed settings as the agent does, once: {@code WriteSettings SPEC ROOT CORDON OTLP}; OTLP may be empty. The ledger is
 * beside SPEC. For {@code deploy/e2e/agents}.
 */
public final class WriteSettings {
    private WriteSettings() {}

    public static void main(String[] words) throws IOException {
        ResolvedPolicy policy = AgentPolicies.of(Files.readString(Path.of(words[0])));
        Path folder = Files.createDirectories(Path.of(words[0]).resolveSibling("ledger"));
        try (Ledger ledger = Ledger.open(folder)) {
            ManagedSettings settings = new ManagedSettings(new ManagedSettings.Parts(
                    List.of(new CodexSettings(), new ClaudeCodeSettings(), new GeminiSettings(), new CopilotSettings()),
                    List.of(),
                    new Place(Path.of(words[1])),
                    new PosixCustody(),
                    ledger,
                    () -> policy,
                    () -> new Surroundings("linux", words[2], words[3].isEmpty() ? null : words[3], null),
                    text -> text,
                    InstantSource.system()));
            settings.tick();
            if (settings.problem() != null) {
                throw new IOException(settings.problem());
            }
        }
    }
}
