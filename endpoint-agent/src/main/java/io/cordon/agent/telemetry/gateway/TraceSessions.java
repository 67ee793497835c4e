package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.agent.telemetry.gateway.event.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which session each trace of an export belongs to, for spans that do not say so themselves. */
final class TraceSessions {
    private final Map<String, String> sessions = new HashMap<>();

    private TraceSessions() {}

    static TraceSessions of(List<Observation> observations) {
        TraceSessions found = new TraceSessions();
        for (Observation seen : observations) {
            String session = seen.first("gen_ai.conversation.id", "conversation.id", "session.id", "thread_id");
            if (seen.traceId() != null && session != null) {
                found.sessions.putIfAbsent(seen.traceId(), session);
            }
        }
        return found;
    }

    /** The event with the session of its trace, where it has none of its own. */
    AgentEvent complete(AgentEvent event) {
        String session = event.traceId() == null ? null : sessions.get(event.traceId());
        return event.session() == null && session != null ? event.withSession(session) : event;
    }
}
