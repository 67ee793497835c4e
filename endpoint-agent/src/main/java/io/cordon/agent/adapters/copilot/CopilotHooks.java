package io.cordon.agent.adapters.copilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.HookCommand;
import io.cordon.agent.adapters.Surroundings;
import java.util.List;

/**
 * The policy hooks: they run before all others, whether or not the folder is trusted, and nothing switches them off. A command
 * that fails or is missing denies what it was to decide; one that is late does not.
 */
final class CopilotHooks {
    private static final List<String> EVENTS = List.of(
            "sessionStart",
            "userPromptSubmitted",
            "preToolUse",
            "postToolUse",
            "postToolUseFailure",
            "errorOccurred",
            "agentStop",
            "sessionEnd",
            // Its answer keeps what Cordon has not confined from running, whatever the developer says to it.
            "permissionRequest");

    private CopilotHooks() {}

    static ObjectNode of(Surroundings surroundings, boolean enforced) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("version", 1);
        ObjectNode hooks = document.putObject("hooks");
        for (String event : EVENTS) {
            String posix = HookCommand.plain(surroundings, CodingAgent.COPILOT, event);
            String powershell = HookCommand.plainPowershell(surroundings, CodingAgent.COPILOT, event);
            hooks.putArray(event)
                    .addObject()
                    .put("type", "command")
                    .put("bash", enforced ? posix : posix + " || exit 0")
                    .put("powershell", enforced ? powershell : "try { " + powershell + "; exit 0 } catch { exit 0 }")
                    .put("timeoutSec", HookCommand.TIMEOUT_SECONDS);
        }
        return document;
    }
}
