package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.os.LocalReply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gemini CLI (seen: 0.61.0; source: docs/hooks/reference.md, and its scheduler for {@code ask}). It tells no id of the tool call,
 * and its own policy decides again after an {@code allow}.
 */
final class GeminiHook implements HookForm {
    private static final Map<String, HookEvent> EVENTS = Map.of(
            "SessionStart", HookEvent.SESSION_START,
            "BeforeAgent", HookEvent.PROMPT,
            "BeforeTool", HookEvent.BEFORE_TOOL,
            "AfterTool", HookEvent.AFTER_TOOL,
            "AfterAgent", HookEvent.TURN_END,
            "SessionEnd", HookEvent.SESSION_END);

    private final boolean windows;

    GeminiHook(boolean windows) {
        this.windows = windows;
    }

    @Override
    public HookEvent event(String name) {
        return EVENTS.getOrDefault(name, HookEvent.OTHER);
    }

    @Override
    public Asking asking() {
        return Asking.BY_ANSWER;
    }

    @Override
    public HookCall read(String event, String text) throws HookFormException {
        HookInput input = HookInput.read(text);
        ObjectNode tool = input.object("tool_input");
        String name = input.tool("tool_name");
        return new HookCall(
                CodingAgent.GEMINI,
                event(event),
                event,
                input.needed("session_id"),
                null,
                null,
                tool(name, tool, input.object("mcp_context")),
                tool,
                HookInput.text(tool, "description"),
                words(event(event), input),
                input.cwd(),
                true);
    }

    private ToolUse tool(String name, ObjectNode input, ObjectNode mcp) {
        return switch (name) {
            case "run_shell_command" ->
                windows
                        ? Tools.command(name, input, "command", Shells.POWERSHELL, ToolUse.Dialect.POWERSHELL)
                        : Tools.command(name, input, "command", Shells.BASH, ToolUse.Dialect.POSIX);
            case "read_file" -> GeminiPaths.meant(Tools.file(name, input, "file_path", false));
            case "write_file", "replace", "edit" -> GeminiPaths.meant(Tools.file(name, input, "file_path", true));
            case "read_many_files" -> GeminiPaths.matched(Tools.reads(name, input, "include"));
            case "grep_search", "search_file_content" -> GeminiPaths.meant(Tools.searches(name, input, "dir_path"));
            case "list_directory", "glob" -> GeminiPaths.meant(Tools.reads(name, input, "dir_path"));
            case "web_fetch" -> GeminiUrls.fetch(name, input);
            default -> mcp(name, HookInput.text(mcp, "server_name"));
        };
    }

    private static ToolUse mcp(String name, @Nullable String server) {
        if (server != null) {
            return new ToolUse.Mcp(name, server, false);
        }
        // Such a name without its server's cannot be told apart: both may have underscores.
        return name.startsWith("mcp_")
                ? new ToolUse.Unreadable(name, "no name of an MCP server")
                : new ToolUse.Other(name);
    }

    private static @Nullable String words(HookEvent event, HookInput input) {
        return switch (event) {
            case PROMPT -> input.text("prompt");
            case AFTER_TOOL -> HookInput.shown(input.member("tool_response"), "llmContent");
            case TURN_END -> input.text("prompt_response");
            default -> null;
        };
    }

    @Override
    public LocalReply write(HookEvent event, HookAnswer answer) {
        if (!event.decides() || answer instanceof HookAnswer.Nothing) {
            return LocalReply.output("");
        }
        if (answer instanceof HookAnswer.Deny deny) {
            return output("deny", "reason", deny.reason(), null);
        }
        if (answer instanceof HookAnswer.Ask ask) {
            return output("ask", "systemMessage", ask.reason(), ask.instead());
        }
        if (answer instanceof HookAnswer.Replace replace) {
            // Also the word it takes for no opinion; its own policy decides.
            return output("allow", "reason", "", replace.instead());
        }
        return answer instanceof HookAnswer.Allow allow
                ? output("allow", "reason", allow.reason(), allow.instead())
                : LocalReply.output("");
    }

    private static LocalReply output(String decision, String field, String reason, @Nullable Rewritten instead) {
        ObjectNode all =
                JsonNodeFactory.instance.objectNode().put("decision", decision).put(field, reason);
        if (instead != null) {
            all.putObject("hookSpecificOutput")
                    .put("hookEventName", "BeforeTool")
                    .set("tool_input", instead.input());
        }
        return LocalReply.output(all + "\n");
    }
}
