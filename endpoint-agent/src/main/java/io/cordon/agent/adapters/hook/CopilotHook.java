package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.os.LocalReply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GitHub Copilot CLI (seen: 1.0.102; source: docs.github.com, hooks reference). It tells no id of the tool call. Before a
 * permission it asks the hook again, unless the first answer was {@code allow}. On {@code ask} it forgets the changed arguments and runs
 * the others, so that is never said with any: its settings have it ask, and the reason is put before the description, which its
 * dialog shows.
 */
final class CopilotHook implements HookForm {
    private static final Map<String, HookEvent> EVENTS = Map.of(
            "sessionStart", HookEvent.SESSION_START,
            "userPromptSubmitted", HookEvent.PROMPT,
            "preToolUse", HookEvent.BEFORE_TOOL,
            "permissionRequest", HookEvent.APPROVAL,
            "postToolUse", HookEvent.AFTER_TOOL,
            "postToolUseFailure", HookEvent.TOOL_FAILED,
            "agentStop", HookEvent.TURN_END,
            "sessionEnd", HookEvent.SESSION_END,
            "errorOccurred", HookEvent.ERROR);

    private static final String DESCRIPTION = "description";

    @Override
    public HookEvent event(String name) {
        return EVENTS.getOrDefault(name, HookEvent.OTHER);
    }

    @Override
    public Asking asking() {
        return Asking.BY_SETTINGS;
    }

    @Override
    public HookCall read(String event, String text) throws HookFormException {
        HookInput input = HookInput.read(text);
        ObjectNode tool = input.object(event(event) == HookEvent.APPROVAL ? "toolInput" : "toolArgs");
        String name = input.tool("toolName");
        return new HookCall(
                CodingAgent.COPILOT,
                event(event),
                event,
                input.needed("sessionId"),
                null,
                null,
                tool(name, tool),
                tool,
                HookInput.text(tool, DESCRIPTION),
                words(event(event), input),
                input.cwd(),
                true);
    }

    private static ToolUse tool(String name, ObjectNode input) {
        return switch (name) {
            case "bash" -> Tools.command(name, input, "command", Shells.BASH, ToolUse.Dialect.POSIX);
            case "powershell" -> Tools.command(name, input, "command", Shells.POWERSHELL, ToolUse.Dialect.POWERSHELL);
            case "view" -> Tools.file(name, input, "path", false);
            case "create", "edit" -> Tools.file(name, input, "path", true);
            case "str_replace_editor" ->
                Tools.file(name, input, "path", !"view".equals(HookInput.text(input, "command")));
            case "apply_patch" -> Tools.patch(name, input, input.has("input") ? "input" : "patch");
            case "grep", "rg" -> Tools.searches(name, input, input.has("path") ? "path" : "paths");
            case "glob" -> Tools.reads(name, input, input.has("path") ? "path" : "paths");
            case "web_fetch" -> Tools.fetch(name, input, "url");
            default -> mcp(name);
        };
    }

    /** Tools of an MCP server are called server-tool, and server/tool in a request for permission; none of its own is so. */
    private static ToolUse mcp(String name) {
        int slash = name.indexOf('/');
        if (slash > 0) {
            return new ToolUse.Mcp(name, name.substring(0, slash), false);
        }
        return name.indexOf('-') > 0 ? new ToolUse.Mcp(name, name, true) : new ToolUse.Other(name);
    }

    private static @Nullable String words(HookEvent event, HookInput input) {
        return switch (event) {
            case PROMPT -> input.text("prompt");
            case AFTER_TOOL -> HookInput.text(input.member("toolResult"), "textResultForLlm");
            case TOOL_FAILED -> input.text("error");
            case ERROR -> HookInput.text(input.member("error"), "message");
            default -> null;
        };
    }

    @Override
    public LocalReply write(HookEvent event, HookAnswer answer) {
        if (!event.decides() || answer instanceof HookAnswer.Nothing) {
            return LocalReply.output("");
        }
        if (event == HookEvent.APPROVAL) {
            if (answer instanceof HookAnswer.Deny deny) {
                return output(JsonNodeFactory.instance
                        .objectNode()
                        .put("behavior", "deny")
                        .put("message", deny.reason()));
            }
            return answer instanceof HookAnswer.Allow
                    ? output(JsonNodeFactory.instance.objectNode().put("behavior", "allow"))
                    : LocalReply.output("");
        }
        if (answer instanceof HookAnswer.Replace replace) {
            return modified(replace.instead().input());
        }
        if (answer instanceof HookAnswer.Allow allow) {
            return decision("allow", allow.reason(), allow.instead());
        }
        if (answer instanceof HookAnswer.Ask ask) {
            return ask.instead() == null
                    ? decision("ask", ask.reason(), null)
                    : modified(explained(ask.reason(), ask.instead()));
        }
        return answer instanceof HookAnswer.Deny deny ? decision("deny", deny.reason(), null) : LocalReply.output("");
    }

    private static ObjectNode explained(String reason, Rewritten instead) {
        ObjectNode input = instead.input().deepCopy();
        String description = HookInput.text(input, DESCRIPTION);
        return input.put(DESCRIPTION, description == null ? reason : reason + " " + description);
    }

    private static LocalReply modified(ObjectNode arguments) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("modifiedArgs", arguments);
        return output(all);
    }

    private static LocalReply decision(String word, String reason, @Nullable Rewritten instead) {
        ObjectNode all = JsonNodeFactory.instance
                .objectNode()
                .put("permissionDecision", word)
                .put("permissionDecisionReason", reason);
        if (instead != null) {
            all.set("modifiedArgs", instead.input());
        }
        return output(all);
    }

    private static LocalReply output(ObjectNode node) {
        return LocalReply.output(node + "\n");
    }
}
