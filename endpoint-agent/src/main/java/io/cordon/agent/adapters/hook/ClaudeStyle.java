package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.os.LocalReply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Claude Code's hooks and those made after them say in the same way. */
final class ClaudeStyle {
    static final Map<String, HookEvent> EVENTS = Map.of(
            "SessionStart", HookEvent.SESSION_START,
            "UserPromptSubmit", HookEvent.PROMPT,
            "PreToolUse", HookEvent.BEFORE_TOOL,
            "PermissionRequest", HookEvent.APPROVAL,
            "PostToolUse", HookEvent.AFTER_TOOL,
            "PostToolUseFailure", HookEvent.TOOL_FAILED,
            "PermissionDenied", HookEvent.REFUSED,
            "Stop", HookEvent.TURN_END,
            "SessionEnd", HookEvent.SESSION_END);

    private ClaudeStyle() {}

    static LocalReply nothing() {
        return LocalReply.output("");
    }

    static LocalReply replaced(Rewritten instead) {
        ObjectNode specific = specific("PreToolUse");
        specific.set("updatedInput", instead.input());
        return output(specific);
    }

    /** @param decision allow, ask or deny */
    static LocalReply preToolUse(String decision, String reason, @Nullable Rewritten instead) {
        ObjectNode specific = specific("PreToolUse");
        specific.put("permissionDecision", decision).put("permissionDecisionReason", reason);
        if (instead != null) {
            specific.set("updatedInput", instead.input());
        }
        return output(specific);
    }

    static LocalReply allowed() {
        ObjectNode specific = specific("PermissionRequest");
        specific.putObject("decision").put("behavior", "allow");
        return output(specific);
    }

    static LocalReply denied(String reason) {
        ObjectNode specific = specific("PermissionRequest");
        specific.putObject("decision").put("behavior", "deny").put("message", reason);
        return output(specific);
    }

    private static ObjectNode specific(String event) {
        return JsonNodeFactory.instance.objectNode().put("hookEventName", event);
    }

    private static LocalReply output(ObjectNode specific) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("hookSpecificOutput", specific);
        return LocalReply.output(all + "\n");
    }
}
