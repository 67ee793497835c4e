package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cordon.agent.adapters.AgentPolicies;
import io.cordon.agent.os.Account;
import io.cordon.agent.os.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
    private static final Principal ADA =
            new Principal("ada", new Account.Posix(1000, 1000, List.of(1000)), "/home/ada");

    private static Map<String, String> child(String mode, String agents) {
        String spec = """
                mode: %s
                filesystem: {write: {roots: ["${workspace}"]}}
                network: {mode: online}
                process: {environment: {pass: ["*"]}}
                commands: {default: allow, unknown: allow}
                agents: %s
                """.formatted(mode, agents);
        return ChildEnvironment.of(
                EnvironmentStyle.POSIX,
                AgentPolicies.of(spec),
                Map.of("GEMINI_CLI_SYSTEM_SETTINGS_PATH", "/tmp/mine.json", "GEMINI_TELEMETRY_ENABLED", "false"),
                ADA,
                "/tmp/private",
                "run-1",
                "00-1-2-01");
    }

    @Test
    void noPolicyThatManagesAnAgentLetsItBeRedirected() {
        for (String mode : List.of("enforce", "audit")) {
            Map<String, String> env = child(mode, "{gemini: {}}");
            assertEquals("/etc/gemini-cli/settings.json", env.get("GEMINI_CLI_SYSTEM_SETTINGS_PATH"), mode);
            assertFalse(env.containsKey("GEMINI_TELEMETRY_ENABLED"), mode);
        }
    }

    @Test
    void whatIsNotManagedKeepsItsVariables() {
        assertEquals("/tmp/mine.json", child("enforce", "{}").get("GEMINI_CLI_SYSTEM_SETTINGS_PATH"));
    }
}
