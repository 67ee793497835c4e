package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.telemetry.RunFacts;
import io.cordon.agent.telemetry.RunObserver;
import io.cordon.agent.telemetry.RunOutcome;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.agent.telemetry.gateway.event.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether coding agents that ran confined told of themselves to the end. An agent that was killed exports nothing more,
 * and that silence is worth knowing.
 */
final class RunReports implements RunObserver {
    /** An agent may export until it ends; what it sent then is here this long after at the latest. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final int MOST = 256;
    private static final Set<String> AGENTS = Set.of("codex", "claude", "gemini", "copilot");
    /** Agents whose telemetry says when a session ends. */
    private static final Set<String> TELL_THE_END = Set.of("codex");

    private final Map<String, Watched> watched = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Watched> eldest) {
            return size() > MOST;
        }
    };

    private record Watched(
            RunFacts facts,
            boolean seen,
            boolean seenEnd,
            @Nullable Instant endedAt,
            String outcome) {}

    /** A run whose agent fell silent. */
    record Silent(RunFacts facts, String outcome, String why) {}

    @Override
    public void began(RunFacts facts) {
        // only a started one is expected to tell anything
    }

    @Override
    public synchronized void started(RunFacts facts, long pid) {
        if (AGENTS.contains(facts.executable())) {
            watched.put(facts.runId(), new Watched(facts, false, false, null, ""));
        }
    }

    @Override
    public synchronized void ended(RunFacts facts, RunOutcome outcome) {
        watched.computeIfPresent(
                facts.runId(),
                (id, run) -> new Watched(
                        facts,
                        run.seen(),
                        run.seenEnd(),
                        outcome.endedAt(),
                        outcome.kind().word()));
    }

    synchronized void heard(AgentEvent event, Join join) {
        RunFacts run = join.run();
        if (run != null && join.strength() == Join.Strength.RUN) {
            boolean end = event.kind() == EventKind.SESSION_END;
            watched.computeIfPresent(
                    run.runId(),
                    (id, each) ->
                            new Watched(each.facts(), true, each.seenEnd() || end, each.endedAt(), each.outcome()));
        }
    }

    /** Takes out the runs that are over, and of those gives the ones whose telemetry is not complete. */
    synchronized List<Silent> silent(Instant now) {
        List<Silent> silent = new ArrayList<>();
        watched.values().removeIf(run -> {
            if (run.endedAt() == null || now.isBefore(run.endedAt().plus(GRACE))) {
                return false;
            }
            String why = why(run);
            if (why != null) {
                silent.add(new Silent(run.facts(), run.outcome(), why));
            }
            return true;
        });
        return silent;
    }

    private static @Nullable String why(Watched run) {
        if (!run.seen()) {
            return "it reported nothing";
        }
        return TELL_THE_END.contains(run.facts().executable()) && !run.seenEnd()
                ? "it did not report the end of its session"
                : null;
    }
}
