package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.os.SenderIdentity;
import io.cordon.agent.telemetry.RunFacts;
import io.cordon.agent.telemetry.RunObserver;
import io.cordon.agent.telemetry.RunOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs that an event can still belong to: those under way and the last that ended. An agent may export long after, so what
 * ends stays until newer runs push it out.
 */
final class RecentRuns implements RunObserver {
    private static final int MOST = 512;

    private final SenderIdentity processes;
    private final long ownPid;
    private final Map<String, Run> runs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param callers the process that asked for the run and its ancestors
     * @param inside processes that exist only for this run, as its first process has them as ancestors
     * @param endedAt null while it runs
     */
    record Run(
            RunFacts facts,
            List<Long> callers,
            List<Long> inside,
            @Nullable Instant endedAt) {}

    /** @param ownPid of this service */
    RecentRuns(SenderIdentity processes, long ownPid) {
        this.processes = processes;
        this.ownPid = ownPid;
    }

    @Override
    public void began(RunFacts facts) {
        List<Long> callers = withoutSystem(processes.lineage(facts.callerPid()));
        synchronized (this) {
            runs.put(facts.runId(), new Run(facts, callers, List.of(), null));
        }
    }

    /** Process 1 is an ancestor of everything. */
    private static List<Long> withoutSystem(List<Long> lineage) {
        return lineage.stream().filter(pid -> pid > 1).toList();
    }

    @Override
    public void started(RunFacts facts, long pid) {
        List<Long> inside = belowLauncher(processes.lineage(pid));
        synchronized (this) {
            runs.computeIfPresent(
                    facts.runId(), (id, run) -> new Run(run.facts(), run.callers(), inside, run.endedAt()));
        }
    }

    /** Up to, and without, the launcher, which is this service's child and has every run below it. */
    private List<Long> belowLauncher(List<Long> lineage) {
        int own = lineage.indexOf(ownPid);
        return own < 1 ? List.of() : lineage.subList(0, own - 1);
    }

    @Override
    public void ended(RunFacts facts, RunOutcome outcome) {
        synchronized (this) {
            runs.computeIfPresent(
                    facts.runId(), (id, run) -> new Run(run.facts(), run.callers(), run.inside(), outcome.endedAt()));
        }
    }

    /** Newest first. */
    synchronized List<Run> all() {
        List<Run> all = new ArrayList<>(runs.values());
        Collections.reverse(all);
        return all;
    }
}
