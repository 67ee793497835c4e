package io.cordon.agent.broker;

import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps in memory what hooks told; or refuses to. */
final class HookLog implements HookRecorder {
    final List<AgentEvent> told = new ArrayList<>();
    final List<AgentEvent> decided = new ArrayList<>();
    boolean full;

    @Override
    public synchronized void keep(List<AgentEvent> more, List<AgentEvent> rulings, Sender sender) throws IOException {
        if (full) {
            throw new IOException("no space");
        }
        told.addAll(more);
        decided.addAll(rulings);
    }

    synchronized AgentEvent lastDecided() {
        return decided.get(decided.size() - 1);
    }

    /** Outcomes of questions, the oldest first. */
    synchronized List<String> outcomes() {
        return told.stream()
                .filter(event -> event.attributes().containsKey("cordon.ask.outcome"))
                .map(event -> String.valueOf(event.attributes().get("cordon.ask.outcome")))
                .toList();
    }
}
