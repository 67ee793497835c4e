package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.os.LocalReply;
import org.jspecify.annotations.Nullable;

/** Claude Code (seen: 2.1.197; source: code.claude.com/docs/en/hooks). An {@code ask} takes a changed input, and shows it. */
final class ClaudeCodeHook implements HookForm {
    private final boolean windows;

    ClaudeCodeHook(boolean windows) {
        this.windows = windows;
    }

    @Override
    public HookEvent event(String name) {
        return ClaudeStyle.EVENTS.getOrDefault(name, HookEvent.OTHER);
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
                CodingAgent.CLAUDE_CODE,
                event(event),
                event,
                input.needed("session_id"),
                input.id("prompt_id"),
                input.id("tool_use_id"),
                tool(name, tool, HookInput.text(input.member("mcp_server"), "name")),
                tool,
                HookInput.text(tool, "description"),
                words(event(event), input),
                input.cwd(),
                true);
    }

    /** @param server name of the tool's MCP server, which newer versions tell: in the tool's own it is changed and runs into the rest */
    private ToolUse tool(String name, ObjectNode input, @Nullable String server) {
        if (Tools.isMcp(name) && server != null) {
            return new ToolUse.Mcp(name, server, false);
        }
        return switch (name) {
            case "Bash", "Monitor" ->
                Tools.command(
                        name, input, "command", windows ? Shells.BASH_WINDOWS : Shells.BASH, ToolUse.Dialect.POSIX);
            case "PowerShell" -> Tools.command(name, input, "command", Shells.POWERSHELL, ToolUse.Dialect.POWERSHELL);
            // What an artifact is made of leaves this machine, as does what a project is given.
            case "Read", "Artifact" -> Tools.file(name, input, "file_path", false);
            case "Projects" ->
                input.hasNonNull("local_path") ? Tools.file(name, input, "local_path", false) : new ToolUse.Other(name);
            case "REPL" ->
                new ToolUse.Unreadable(name, "its code would run in the agent itself, outside of Cordon's boundary");
            case "Write", "Edit", "MultiEdit" -> Tools.file(name, input, "file_path", true);
            case "NotebookEdit" -> Tools.file(name, input, "notebook_path", true);
            case "Grep" -> Tools.searches(name, input, "path");
            case "Glob", "LS" -> Tools.reads(name, input, "path");
            case "WebFetch" -> Tools.fetch(name, input, "url");
            default -> Tools.isMcp(name) ? Tools.mcp(name) : new ToolUse.Other(name);
        };
    }

    private static @Nullable String words(HookEvent event, HookInput input) {
        return switch (event) {
            case PROMPT -> input.text("prompt");
            case AFTER_TOOL -> input.shown("tool_response");
            case TOOL_FAILED -> input.text("error");
            case REFUSED -> input.text("reason");
            case TURN_END -> input.text("last_assistant_message");
            default -> null;
        };
    }

    @Override
    public LocalReply write(HookEvent event, HookAnswer answer) {
        if (!event.decides() || answer instanceof HookAnswer.Nothing) {
            return ClaudeStyle.nothing();
        }
        if (event == HookEvent.APPROVAL) {
            if (answer instanceof HookAnswer.Deny deny) {
                return ClaudeStyle.denied(deny.reason());
            }
            return answer instanceof HookAnswer.Allow ? ClaudeStyle.allowed() : ClaudeStyle.nothing();
        }
        if (answer instanceof HookAnswer.Replace replace) {
            return ClaudeStyle.replaced(replace.instead());
        }
        if (answer instanceof HookAnswer.Allow allow) {
            return ClaudeStyle.preToolUse("allow", allow.reason(), allow.instead());
        }
        if (answer instanceof HookAnswer.Ask ask) {
            return ClaudeStyle.preToolUse("ask", ask.reason(), ask.instead());
        }
        return answer instanceof HookAnswer.Deny deny
                ? ClaudeStyle.preToolUse("deny", deny.reason(), null)
                : ClaudeStyle.nothing();
    }
}
