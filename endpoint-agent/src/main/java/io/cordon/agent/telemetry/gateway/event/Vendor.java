package io.cordon.agent.telemetry.gateway.event;

import java.util.Locale;

/** The coding agents whose records are understood. Which one sent a record is its own claim. */
public enum Vendor {
    CODEX("codex", new CodexNormaliser()),
    CLAUDE_CODE("claude-code", new ClaudeCodeNormaliser()),
    GEMINI("gemini", new GeminiNormaliser()),
    COPILOT("copilot", new CopilotNormaliser()),
    UNKNOWN("unknown", new GenericNormaliser());

    private final String word;
    private final Normaliser normaliser;

    Vendor(String word, Normaliser normaliser) {
        this.word = word;
        this.normaliser = normaliser;
    }

    public String word() {
        return word;
    }

    public Reading read(Observation observation) {
        return normaliser.read(observation);
    }

    /** By the name of the service, or where a developer changed that, by the scope or the event's name. */
    public static Vendor of(Observation seen) {
        String service =
                String.valueOf(seen.resource().getOrDefault("service.name", "")).toLowerCase(Locale.ROOT);
        String hints = service + " " + seen.scope() + " " + seen.name();
        if (service.startsWith("codex") || hints.contains(" codex_") || hints.contains(" codex.")) {
            return CODEX;
        }
        if (service.startsWith("claude") || hints.contains("claude_code")) {
            return CLAUDE_CODE;
        }
        if (service.startsWith("gemini") || hints.contains("gemini_cli.")) {
            return GEMINI;
        }
        return hints.contains("copilot") ? COPILOT : UNKNOWN;
    }
}
