package io.cordon.agent.telemetry.gateway.event;

import java.util.Map;
import java.util.Set;

/** Of metrics, the listed ones, reduced to their totals. */
final class Metrics {
    static final String NOT_LISTED = "metric.not-listed";

    private Metrics() {}

    static Reading read(Vocabulary words, Set<String> listed, Observation seen) {
        if (!listed.contains(seen.name())) {
            return new Reading.Noise(NOT_LISTED);
        }
        AgentEvent event = words.event(EventKind.METRIC, seen);
        return Readings.of(new AgentEvent(
                event.kind(),
                event.agent(),
                event.at(),
                null,
                null,
                null,
                null,
                null,
                event.original(),
                Map.of(
                        "cordon.metric.sum", seen.attributes().getOrDefault("sum", 0.0),
                        "cordon.metric.points", seen.attributes().getOrDefault("points", 0L)),
                Map.of()));
    }
}
