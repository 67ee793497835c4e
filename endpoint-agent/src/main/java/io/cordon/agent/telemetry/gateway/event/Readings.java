package io.cordon.agent.telemetry.gateway.event;

import java.util.List;

/** Readings that several normalisers come to. */
final class Readings {
    private Readings() {}

    static Reading of(AgentEvent event) {
        return new Reading.Events(List.of(event));
    }

    /** A log line that is no event: kept from a warning on. */
    static Reading diagnostic(Vocabulary words, Observation seen) {
        return seen.problem().isEmpty() && !seen.error()
                ? new Reading.Noise(words.agent() + ".diagnostic-log")
                : of(words.event(EventKind.ERROR, seen));
    }
}
