package io.cordon.deploy.e2e;

import io.cordon.deploy.quickstart.Launch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The coding agents' real command lines, and how each is brought to talk to a scripted model without a person. */
enum CodingCli {
    CODEX("codex", List.of("exec", "--skip-git-repo-check")),
    CLAUDE_CODE("claude", List.of("--verbose", "--output-format", "stream-json", "-p")),
    GEMINI("gemini", List.of("-m", "gemini-2.5-pro", "-p")),
    COPILOT("copilot", List.of("-p"));

    /** How often one is started that gave up starting. */
    static final int TRIES = 10;

    private final String program;
    private final List<String> options;

    CodingCli(String program, List<String> options) {
        this.program = program;
        this.options = List.copyOf(options);
    }

    /** The name in records. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Non-interactive, with no question switched off. */
    List<String> command(String prompt) {
        List<String> command =
                new ArrayList<>(List.of(ManagedMachine.program(program).toString()));
        command.addAll(options);
        command.add(prompt);
        return command;
    }

    /**
     * Copilot CLI 1.0.102 loses a race of its own while it starts, before it asks its model anything, and says to try again; the
     * busier the machine, the more often.
     */
    boolean gaveUpStarting(Launch launch) {
        return this == COPILOT
                && launch.exitCode() == 1
                && launch.output().contains("policy changed during options update; retry the update");
    }

    /** Whether prompts are in its telemetry, and not only told to hooks. */
    boolean tellsPrompts() {
        return this != COPILOT;
    }

    /** State folders, which have to be there before they can be writable. */
    void configureConfined(Developer developer) throws IOException, InterruptedException {
        switch (this) {
            case CLAUDE_CODE -> developer.write(".claude/settings.json", "{}");
            case COPILOT -> {
                developer.write(".copilot/config.json", "{}");
                developer.write(".cache/copilot/.keep", "");
            }
            case CODEX, GEMINI -> {
                // It is where their configuration is.
            }
        }
    }

    Map<String, String> environment(Developer developer, int port) {
        String model = "http://127.0.0.1:" + port;
        Map<String, String> environment = new TreeMap<>(
                switch (this) {
                    case CODEX ->
                        Map.of(
                                "CODEX_HOME",
                                developer.home().resolve("codex-home").toString(),
                                "MODEL_KEY",
                                "none");
                    case CLAUDE_CODE ->
                        Map.of(
                                "ANTHROPIC_BASE_URL", model,
                                "ANTHROPIC_API_KEY", "none",
                                "DISABLE_AUTOUPDATER", "1");
                    case GEMINI ->
                        Map.of(
                                "GOOGLE_GEMINI_BASE_URL", model,
                                "GEMINI_API_KEY", "none",
                                "GEMINI_CLI_TRUST_WORKSPACE", "true");
                    case COPILOT ->
                        Map.of(
                                "COPILOT_PROVIDER_BASE_URL", model + "/v1",
                                "COPILOT_PROVIDER_API_KEY", "none",
                                "COPILOT_MODEL", "gpt-5",
                                "COPILOT_OFFLINE", "true");
                });
        environment.put("TERM", "dumb");
        return environment;
    }

    /** What the agent needs in the developer's home. */
    void configure(Developer developer, int port) throws IOException, InterruptedException {
        switch (this) {
            case CODEX -> developer.write("codex-home/config.toml", """
                    model = "scripted"
                    model_provider = "scripted"
                    check_for_update_on_startup = false
                    [model_providers.scripted]
                    name = "scripted"
                    base_url = "http://127.0.0.1:%d/v1"
                    wire_api = "responses"
                    env_key = "MODEL_KEY"
                    """.formatted(port));
            case GEMINI ->
                developer.write(
                        ".gemini/settings.json", "{\"security\": {\"auth\": {\"selectedType\": \"gemini-api-key\"}}}");
            case CLAUDE_CODE, COPILOT -> {
                // The environment says it all.
            }
        }
    }
}
