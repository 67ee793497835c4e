package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import org.jspecify.annotations.Nullable;

/**
 * One call of a hook.
 *
 * @param original the vendor's name of the event
 * @param session the agent's id of its session
 * @param turn its id of the turn or prompt
 * @param toolCall its id of the tool call; not every vendor tells it
 * @param input of the tool, as given; empty without one
 * @param reason why the tool is used, in the model's words
 * @param words what the event is about: the prompt, the tool's output, the last message, an error
 * @param cwd the agent's working directory, as it says; possibly empty
 * @param asks whether the session has somebody to ask, as far as the agent tells
 */
public record HookCall(
        CodingAgent agent,
        HookEvent event,
        String original,
        String session,
        @Nullable String turn,
        @Nullable String toolCall,
        ToolUse tool,
        ObjectNode input,
        @Nullable String reason,
        @Nullable String words,
        String cwd,
        boolean asks) {

    /** The same with an id for the tool call, which the vendor does not tell. */
    public HookCall withToolCall(String id) {
        return new HookCall(agent, event, original, session, turn, id, tool, input, reason, words, cwd, asks);
    }
}
