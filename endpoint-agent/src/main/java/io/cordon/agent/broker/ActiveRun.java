package io.cordon.agent.broker;

import io.cordon.agent.os.RunListener;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunFacts;
import io.cordon.agent.telemetry.RunOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Gathers what the launcher tells about one run, and hands it on once when the run has ended. */
final class ActiveRun implements RunListener {
    private static final int SIGKILL = 9;
    /** Characters; a record must stay far below what a spool or a server takes at once. */
    private static final int MAX_ARGUMENTS = 256 << 10;

    private final RunFacts facts;
    private final Instant confinedAt;
    private final InstantSource clock;
    private final Redactor redactor;
    private final LongConsumer begun;
    private final BiConsumer<ActiveRun, RunOutcome> ended;
    private final List<ProcessEvent> processes = new ArrayList<>();
    private int argumentsLeft = MAX_ARGUMENTS;
    private boolean truncated;
    private @Nullable Instant startedAt;
    private long pid;
    private boolean over;

    /**
     * @param redactor of the policy that decided the run
     * @param begun told the process id when the process runs
     */
    ActiveRun(
            RunFacts facts,
            Instant confinedAt,
            InstantSource clock,
            Redactor redactor,
            LongConsumer begun,
            BiConsumer<ActiveRun, RunOutcome> ended) {
        this.facts = facts;
        this.confinedAt = confinedAt;
        this.clock = clock;
        this.redactor = redactor;
        this.begun = begun;
        this.ended = ended;
    }

    RunFacts facts() {
        return facts;
    }

    @Override
    public void started(long startedPid, Instant at) {
        synchronized (this) {
            pid = startedPid;
            startedAt = at;
        }
        begun.accept(startedPid);
    }

    @Override
    public synchronized void process(ProcessEvent event) {
        if (processes.size() < RunOutcome.MAX_EVENTS) {
            processes.add(redacted(event));
        } else {
            truncated = true;
        }
    }

    /** What the policy does not let be stored of a command is not held in memory either. */
    private ProcessEvent redacted(ProcessEvent event) {
        if (event.arguments().isEmpty()) {
            return event;
        }
        Redactor.Arguments kept = redactor.arguments(event.arguments());
        int length = kept.values().stream().mapToInt(String::length).sum();
        if (length > argumentsLeft) {
            return event.withArguments(List.of(), true);
        }
        argumentsLeft -= length;
        return event.withArguments(kept.values(), event.argumentsTruncated() || kept.truncated());
    }

    @Override
    public void exited(Exit exit) {
        boolean killed = exit.signal() == SIGKILL
                || (exit.signal() != 0 && !exit.limitsHit().isEmpty());
        String problem = null;
        if (killed) {
            problem = exit.limitsHit().isEmpty()
                    ? "killed by signal " + exit.signal()
                    : "killed at the limit of " + String.join(", ", exit.limitsHit());
        }
        end(killed ? RunOutcome.Kind.KILLED : RunOutcome.Kind.COMPLETED, exit.at(), exit, problem);
    }

    @Override
    public void failed(String stage, String error) {
        end(RunOutcome.Kind.FAILED, clock.instant(), null, stage + ": " + error);
    }

    @Override
    public void lost(String why) {
        end(RunOutcome.Kind.LOST, clock.instant(), null, why);
    }

    private void end(RunOutcome.Kind kind, Instant at, @Nullable Exit exit, @Nullable String problem) {
        RunOutcome outcome;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            outcome = new RunOutcome(kind, at, confinedAt, startedAt, pid, exit, problem, processes, truncated);
        }
        ended.accept(this, outcome);
    }
}
