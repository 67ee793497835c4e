package io.cordon.deploy.e2e;

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
     * The same within Cordon's sandbox. Gemini CLI and Copilot CLI take managed settings only from root, whose files are nobody's
     * there: they are told on their command lines not to ask.
     */
    List<String> confinedCommand(String prompt) {
        List<String> command = new ArrayList<>(command(prompt));
        switch (this) {
            case GEMINI -> command.addAll(1, List.of("--approval-mode", "yolo"));
            case COPILOT -> command.add(1, "--allow-all-tools");
            case CODEX, CLAUDE_CODE -> {
                // Cordon's settings say it.
            }
        }
        return command;
    }

    /** And where telemetry goes, which no managed settings say. */
    Map<String, String> confinedEnvironment(Developer developer, int port) {
        Map<String, String> environment = environment(developer, port);
        if (this == COPILOT) {
            environment.put("COPILOT_OTEL_ENABLED", "true");
            environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
            environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
            environment.put("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
            environment.put("COPILOT_OTEL_CAPTURE_CONTENT", "true");
        }
        return environment;
    }

    /** Whether prompts are in its telemetry, and not only told to hooks. */
    boolean tellsPrompts() {
        return this != COPILOT;
    }

    /** State folders, which have to be there before they can be writable, and for Gemini CLI where its telemetry goes. */
    void configureConfined(Developer developer) throws IOException, InterruptedException {
        switch (this) {
            case CLAUDE_CODE -> developer.write(".claude/settings.json", "{}");
            case GEMINI -> developer.write(".gemini/settings.json", """
                    {"security": {"auth": {"selectedType": "gemini-api-key"}},
                     "telemetry": {"enabled": true, "target": "local", "otlpEndpoint": "http://127.0.0.1:4318",
                       "otlpProtocol": "http", "logPrompts": true}}
                    """);
            case COPILOT -> {
                developer.write(".copilot/config.json", "{}");
                developer.write(".cache/copilot/.keep", "");
            }
            case CODEX -> {
                // Its home is where its configuration is.
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
