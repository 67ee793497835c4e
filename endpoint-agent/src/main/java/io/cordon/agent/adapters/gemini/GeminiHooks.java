package io.cordon.agent.adapters.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.HookCommand;
import io.cordon.agent.adapters.Surroundings;
import java.util.List;

/**
 * The hooks of the system settings. Gemini CLI takes exit status 1 for a warning; 2, and others with
 * a message, block. It replaces {@code $NAME} and
 * {@code ${NAME}} in settings by variables of the user's environment, so that no command here may depend on one.
 */
final class GeminiHooks {
    private static final List<String> EVENTS =
            List.of("SessionStart", "BeforeAgent", "BeforeTool", "AfterTool", "AfterAgent", "SessionEnd");

    /** The event whose failure must block, but in audit; after the fact there is nothing to block. */
    private static final String DECIDING = "BeforeTool";

    private GeminiHooks() {}

    static void write(ObjectNode settings, Surroundings surroundings, boolean enforced) {
        settings.putObject("hooksConfig").put("enabled", true);
        ObjectNode hooks = settings.putObject("hooks");
        for (String event : EVENTS) {
            ObjectNode group = hooks.putArray(event).addObject();
            group.putArray("hooks")
                    .addObject()
                    .put("type", "command")
                    .put("name", "cordon")
                    .put("command", command(surroundings, event, enforced))
                    .put("timeout", HookCommand.TIMEOUT_SECONDS * 1000);
        }
    }

    private static String command(Surroundings surroundings, String event, boolean enforced) {
        int failed = enforced && event.equals(DECIDING) ? 2 : 1;
        return surroundings.windows()
                ? "try { " + HookCommand.plainPowershell(surroundings, CodingAgent.GEMINI, event)
                        + "; if (-not $?) { exit " + failed + " } } catch { exit " + failed + " }"
                : HookCommand.plain(surroundings, CodingAgent.GEMINI, event) + " || exit " + failed;
    }
}
