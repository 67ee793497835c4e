package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Joins events with runs. Never across accounts: whatever an agent says, an event only belongs to a run on behalf of the account
 * that sent it. Ids and times are the agent's word, so the strength of the join is always kept with it.
 */
final class Joiner {
    /** Around a run: the agent tells of a call before it starts the command, and of the result after it ended. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final int MOST_SESSIONS = 1024;

    private final RecentRuns runs;
    private final InstantSource clock;
    private final Map<String, String> sessions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_SESSIONS;
        }
    };

    Joiner(RecentRuns runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    synchronized Join join(AgentEvent event, Sender sender) {
        List<RecentRuns.Run> candidates = runs.all().stream()
                .filter(run -> run.facts().userId().equals(sender.accountId()))
                .toList();
        Join join = find(candidates, Join.Strength.TOOL_CALL, sameCall(event))
                .or(() -> find(candidates, Join.Strength.TRACE, sameTrace(event)))
                .or(() -> find(candidates, Join.Strength.RUN, sentFromWithin(sender, clock.instant())))
                .or(() -> byProcess(candidates, event, sender))
                .orElse(Join.NONE);
        if (join.run() != null && event.session() != null) {
            sessions.put(key(event, sender), join.run().session());
        }
        return join;
    }

    /** The session that the agent's session is part of: that of its runs, once one was joined, else its own. */
    synchronized String session(AgentEvent event, Sender sender) {
        String own = String.valueOf(event.session());
        return sessions.getOrDefault(key(event, sender), own);
    }

    private static String key(AgentEvent event, Sender sender) {
        return sender.accountId() + "\n" + event.agent() + "\n" + event.session();
    }

    private static Optional<Join> find(
            List<RecentRuns.Run> candidates, Join.Strength strength, Predicate<RecentRuns.Run> wanted) {
        return candidates.stream().filter(wanted).findFirst().map(run -> new Join(strength, run.facts()));
    }

    /** Call ids are only unique within a session, so where the run knows its agent's session, that must agree as well. */
    private static Predicate<RecentRuns.Run> sameCall(AgentEvent event) {
        return run -> event.toolCall() != null
                && event.toolCall().equals(run.facts().toolCall())
                && (event.session() == null
                        || event.session().equals(run.facts().session()));
    }

    private static Predicate<RecentRuns.Run> sameTrace(AgentEvent event) {
        return run -> event.traceId() != null
                && run.facts().ids().parentSpanId() != null
                && event.traceId().equals(run.facts().ids().traceId())
                && (event.spanId() == null
                        || event.spanId().equals(run.facts().ids().parentSpanId())
                        || !event.kind().ofTool());
    }

    /** Once the run is over, and what it sent last is here, the numbers of its processes are others'. */
    private static Predicate<RecentRuns.Run> sentFromWithin(Sender sender, Instant now) {
        Sender.Process process = sender.process();
        return run -> process != null
                && (run.endedAt() == null || !now.isAfter(run.endedAt().plus(TOLERANCE)))
                && process.lineage().stream().anyMatch(run.inside()::contains);
    }

    private static Optional<Join> byProcess(List<RecentRuns.Run> candidates, AgentEvent event, Sender sender) {
        Sender.Process process = sender.process();
        if (process == null || !event.kind().ofTool()) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(run -> run.callers().contains(process.pid()) && covers(run, event.at()))
                .min(Comparator.comparing(run ->
                        Duration.between(run.facts().receivedAt(), event.at()).abs()))
                .map(run -> new Join(Join.Strength.PROCESS_TIME, run.facts()));
    }

    private static boolean covers(RecentRuns.Run run, Instant at) {
        return !at.isBefore(run.facts().receivedAt().minus(TOLERANCE))
                && (run.endedAt() == null || !at.isAfter(run.endedAt().plus(TOLERANCE)));
    }
}
