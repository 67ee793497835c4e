package io.cordon.server.telemetry;

import java.util.List;
import java.util.Set;

/**
 * The one table of what is content: words of people and models, arguments, outputs. Content is kept apart from the rows that
 * everybody who investigates may read (I-8). Names are as the programs send them today; a long text under a name that is not
 * listed counts as content too, so that a new name errs on the careful side.
 */
final class ContentKeys {
    /** Characters; a longer text is content whatever it is called. */
    static final int LONGEST_METADATA = 2048;

    private static final Set<String> EXACT = Set.of(
            // processes (attested runs and OpenTelemetry conventions)
            "process.command_args",
            "process.command_line",
            "process.command",
            // log bodies
            "body",
            // Codex
            "arguments",
            "output",
            "command",
            "prompt",
            // Claude Code
            "user_prompt",
            "prompt_text",
            "tool_input",
            "tool_parameters",
            "tool_result",
            "full_command",
            "bash_command",
            "response",
            "response_text",
            // Gemini
            "request_text",
            "function_args",
            "function_response",
            // exceptions quote what they failed on
            "exception.message",
            "exception.stacktrace");

    private static final List<String> PREFIXES = List.of(
            "process.environment_variable.",
            "gen_ai.input.",
            "gen_ai.output.",
            "gen_ai.system_instructions",
            "gen_ai.tool.call.arguments",
            "gen_ai.tool.call.result",
            "gen_ai.tool.definitions",
            "gen_ai.prompt",
            "gen_ai.completion",
            "gen_ai.content",
            "llm.prompts",
            "llm.completions",
            "tool.output",
            "tool.input",
            "mcp.request.argument",
            "mcp.tool.result");

    private ContentKeys() {}

    static boolean isContent(String key) {
        return EXACT.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
    }
}
