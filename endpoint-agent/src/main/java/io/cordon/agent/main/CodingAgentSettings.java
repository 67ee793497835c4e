package io.cordon.agent.main;

import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.agent.adapters.claudecode.ClaudeCodeSettings;
import io.cordon.agent.adapters.codex.CodexSettings;
import io.cordon.agent.adapters.copilot.CopilotSettings;
import io.cordon.agent.adapters.gemini.GeminiSettings;
import io.cordon.agent.adapters.settings.ManagedSettings;
import io.cordon.agent.adapters.settings.Place;
import io.cordon.agent.broker.PolicyInForce;
import io.cordon.agent.health.Component;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.health.HealthBoard;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.gateway.TelemetryGateway;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The managed settings of coding agents, put together. */
final class CodingAgentSettings {
    private final ManagedSettings managed;
    private final HealthBoard health;

    private CodingAgentSettings(ManagedSettings managed, HealthBoard health) {
        this.managed = managed;
        this.health = health;
    }

    /** @param os linux or windows */
    static CodingAgentSettings of(
            RunSettings settings,
            String os,
            Ledger ledger,
            PolicyInForce policies,
            TelemetryGateway gateway,
            byte[] hashKey,
            HealthBoard health,
            Clock clock)
            throws CommandException {
        Machine machine = settings.machine();
        try {
            ManagedSettings managed = new ManagedSettings(new ManagedSettings.Parts(
                    List.of(new CodexSettings(), new ClaudeCodeSettings(), new GeminiSettings(), new CopilotSettings()),
                    machine.foreignSettings(),
                    new Place(settings.managedRoot()),
                    machine.custody(),
                    ledger,
                    () -> policies.current().policy(),
                    () -> new Surroundings(
                            os,
                            settings.installation().launcher(machine).toString(),
                            address(gateway.httpPort()),
                            address(gateway.grpcPort())),
                    text -> new Redactor(policies.current().policy().telemetry(), hashKey).text(text),
                    clock));
            return new CodingAgentSettings(managed, health);
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, "files of the system cannot be kept: " + e.getMessage());
        }
    }

    private static @Nullable String address(int port) {
        return port == 0 ? null : "http://127.0.0.1:" + port;
    }

    /** How they stand, for the inventory. */
    List<SettingsReport> reports() {
        return managed.reports();
    }

    void tick() {
        managed.tick();
        String problem = managed.problem();
        health.set(
                Component.SETTINGS,
                problem == null
                        ? ComponentState.well(managed.reports().isEmpty() ? "none are managed" : "as the policy says")
                        : ComponentState.ill(problem));
    }
}
