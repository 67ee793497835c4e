package io.cordon.agent.broker;

import io.cordon.agent.egress.EgressDoor;
import io.cordon.agent.os.Account;
import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunFacts;
import io.cordon.agent.telemetry.RunOutcome;
import io.cordon.agent.telemetry.RunRecorder;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The runs that policy lets begin, from the plan to the record of the end: what each takes is given back however it ends. */
final class LaunchedRuns {
    private static final System.Logger LOG = System.getLogger(LaunchedRuns.class.getName());

    private final BrokerPorts ports;
    private final RunRecorder recorder;
    private final PlaceholderLedger placeholders;
    private final RunSlots slots;
    private final Counters counters;
    private final EgressDoor egress;
    private final InstantSource clock;
    private final Executor finishing;
    private final Map<Long, ActiveRun> active = new ConcurrentHashMap<>();

    /** @param finishing never refuses */
    LaunchedRuns(
            BrokerPorts ports,
            RunRecorder recorder,
            PlaceholderLedger placeholders,
            RunSlots slots,
            Counters counters,
            EgressDoor egress,
            InstantSource clock,
            Executor finishing) {
        this.ports = ports;
        this.recorder = recorder;
        this.placeholders = placeholders;
        this.slots = slots;
        this.counters = counters;
        this.egress = egress;
        this.clock = clock;
        this.finishing = finishing;
    }

    /**
     * Records that the run begins, and hands it to the launcher, which answers the request from then on.
     *
     * @param id of the request
     * @param redactor of the policy that decided the run
     * @return null, or one line that says why nothing was started
     */
    @Nullable
    String launch(long id, RunFacts facts, ConfinementPlan plan, Redactor redactor) {
        Account account = plan.principal().account();
        String full = slots.take(account.id());
        if (full != null) {
            egress.end(facts.runId());
            return full;
        }
        try {
            recorder.begin(facts);
        } catch (IOException e) {
            giveBack(account, facts);
            return String.valueOf(e.getMessage());
        }
        List<Long> changes;
        try {
            changes = placeholders.intend(plan.files().placeholders(), account);
        } catch (IOException e) {
            giveBack(account, facts);
            abandon(facts, "the ledger cannot be written: " + e.getMessage());
            return "the ledger cannot be written, so nothing may be changed: " + e.getMessage();
        }
        counters.allowed.increment();
        ActiveRun run = new ActiveRun(
                facts,
                clock.instant(),
                clock,
                redactor,
                pid -> recorder.started(facts, pid),
                (ended, outcome) -> finishing.execute(() -> finish(id, ended, plan, changes, outcome)));
        active.put(id, run);
        ports.launcher().launch(id, plan, run);
        return null;
    }

    private void giveBack(Account account, RunFacts facts) {
        slots.give(account.id());
        egress.end(facts.runId());
    }

    private void finish(long id, ActiveRun run, ConfinementPlan plan, List<Long> changes, RunOutcome outcome) {
        giveBack(plan.principal().account(), run.facts());
        String problem = record(run.facts(), outcome);
        active.remove(id);
        synchronized (active) {
            active.notifyAll();
        }
        placeholders.ended(plan.files().placeholders(), changes, outcome.kind() != RunOutcome.Kind.LOST);
        switch (outcome.kind()) {
            case FAILED -> {
                counters.failed.increment();
                ports.channel()
                        .reply(id, LocalReply.line(LocalReply.FAILED, "the command was not run: " + outcome.problem()));
            }
            case LOST -> counters.lost.increment();
            case COMPLETED, KILLED, DENIED -> ports.launcher().recorded(id);
        }
        warn(run.facts(), problem);
    }

    private void abandon(RunFacts facts, String why) {
        Instant now = clock.instant();
        warn(
                facts,
                record(facts, new RunOutcome(RunOutcome.Kind.FAILED, now, null, null, 0, null, why, List.of(), false)));
    }

    /** Null, or why it could not be recorded. */
    private @Nullable String record(RunFacts facts, RunOutcome outcome) {
        try {
            recorder.end(facts, outcome);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void warn(RunFacts facts, @Nullable String problem) {
        if (problem != null) {
            LOG.log(System.Logger.Level.ERROR, "run {0} could not be recorded yet: {1}", facts.runId(), problem);
        }
    }

    /** Asks for the end of everything that runs. */
    void killAll(String why) {
        active.keySet().forEach(id -> ports.launcher().kill(id, why));
    }

    /** Waits until every run has ended and is recorded; false when some have not. */
    boolean awaitIdle(long seconds) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        synchronized (active) {
            for (long left = until - System.nanoTime();
                    !active.isEmpty() && left > 0;
                    left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(active, left);
            }
        }
        return active.isEmpty();
    }
}
