package io.cordon.agent.telemetry.gateway.event;

import java.util.List;

/** What a record turned out to be. */
public sealed interface Reading {
    /** One or several events. */
    record Events(List<AgentEvent> events) implements Reading {
        public Events {
            events = List.copyOf(events);
        }
    }

    /**
     * Nothing that an investigation needs.
     *
     * @param rule the rule that says so, under which it is counted
     */
    record Noise(String rule) implements Reading {}
}
