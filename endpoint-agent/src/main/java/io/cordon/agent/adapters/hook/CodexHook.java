package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.os.LocalReply;
import org.jspecify.annotations.Nullable;

/**
 * Codex CLI (seen: 0.169.0; source: codex-rs/hooks). It lets a call pass on {@code ask} and on {@code allow} without a changed
 * input, which it does not support, so neither is ever said; and a changed input comes with {@code allow} or not at all.
 */
final class CodexHook implements HookForm {
    private final boolean windows;

    CodexHook(boolean windows) {
        this.windows = windows;
    }

    @Override
    public HookEvent event(String name) {
        return ClaudeStyle.EVENTS.getOrDefault(name, HookEvent.OTHER);
    }

    @Override
    public Asking asking() {
        return Asking.BY_MODEL;
    }

    @Override
    public HookCall read(String event, String text) throws HookFormException {
        HookInput input = HookInput.read(text);
        ObjectNode tool = input.object("tool_input");
        String name = input.tool("tool_name");
        return new HookCall(
                CodingAgent.CODEX,
                event(event),
                event,
                input.needed("session_id"),
                input.id("turn_id"),
                input.id("tool_use_id"),
                tool(name, tool),
                tool,
                HookInput.text(tool, "description"),
                words(event(event), input),
                input.cwd(),
                !"bypassPermissions".equals(input.text("permission_mode")));
    }

    private ToolUse tool(String name, ObjectNode input) {
        return switch (name) {
            case "Bash", "shell", "shell_command", "exec_command" ->
                windows
                        ? Tools.command(name, input, "command", Shells.POWERSHELL, ToolUse.Dialect.POWERSHELL)
                        : Tools.command(name, input, "command", Shells.BASH_LOGIN, ToolUse.Dialect.POSIX);
            case "view_image" -> Tools.file(name, input, "path", false);
            case "apply_patch", "Write", "Edit" -> Tools.patch(name, input, "command");
            default -> Tools.isMcp(name) ? Tools.mcp(name) : new ToolUse.Other(name);
        };
    }

    private static @Nullable String words(HookEvent event, HookInput input) {
        return switch (event) {
            case PROMPT -> input.text("prompt");
            case AFTER_TOOL -> input.shown("tool_response");
            case TURN_END -> input.text("last_assistant_message");
            default -> null;
        };
    }

    @Override
    public LocalReply write(HookEvent event, HookAnswer answer) {
        if (!event.decides() || answer instanceof HookAnswer.Nothing) {
            return ClaudeStyle.nothing();
        }
        boolean before = event == HookEvent.BEFORE_TOOL;
        if (answer instanceof HookAnswer.Deny deny) {
            return before ? ClaudeStyle.preToolUse("deny", deny.reason(), null) : ClaudeStyle.denied(deny.reason());
        }
        if (answer instanceof HookAnswer.Allow allow && !before) {
            return ClaudeStyle.allowed();
        }
        return answer instanceof HookAnswer.Allow allow && allow.instead() != null
                ? ClaudeStyle.preToolUse("allow", allow.reason(), allow.instead())
                : ClaudeStyle.nothing();
    }
}
