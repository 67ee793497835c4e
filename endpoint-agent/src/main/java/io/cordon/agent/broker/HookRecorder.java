package io.cordon.agent.broker;

import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import java.io.IOException;
import java.util.List;

/** Keeps what hooks tell, and what was decided on it. */
public interface HookRecorder {
    /**
     * Durably, both or nothing, redacted by the policy in force.
     *
     * @param told the agent's word
     * @param decided this service's own
     * @param sender whose process called the hook
     */
    void keep(List<AgentEvent> told, List<AgentEvent> decided, Sender sender) throws IOException;
}
