package io.cordon.agent.broker;

import io.cordon.agent.adapters.RedirectingVariables;
import io.cordon.agent.egress.EgressDoor;
import io.cordon.agent.egress.ProxyEnvironment;
import io.cordon.agent.egress.ProxyPass;
import io.cordon.agent.os.Account;
import io.cordon.agent.os.Change;
import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.Placeholder;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.SandboxUsers;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunFacts;
import io.cordon.agent.telemetry.RunOutcome;
import io.cordon.agent.telemetry.RunRecorder;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Mode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way of one command from its request to its record. Whatever goes wrong on it ends in a reply, never in a process. */
final class Runs {
    private static final System.Logger LOG = System.getLogger(Runs.class.getName());
    private static final String HOSTNAME = "cordon";
    private static final int REMOVAL_SECONDS = 3;

    private final BrokerPorts ports;
    private final PolicyInForce policies;
    private final RunJudge judge;
    private final RunRecorder recorder;
    private final Ledger ledger;
    private final LivePlaceholders placeholders;
    private final RunSlots slots;
    private final Counters counters;
    private final EnvironmentStyle environment;
    private final EgressDoor egress;
    private final InstantSource clock;
    private final Executor finishing;
    private final ScheduledExecutorService later;
    private final RunFactsWriter writer;
    private final Map<Long, ActiveRun> active = new ConcurrentHashMap<>();

    Runs(
            BrokerPorts ports,
            PolicyInForce policies,
            RunJudge judge,
            RunRecorder recorder,
            Ledger ledger,
            LivePlaceholders placeholders,
            RunSlots slots,
            Counters counters,
            EnvironmentStyle environment,
            EgressDoor egress,
            InstantSource clock,
            Executor finishing,
            ScheduledExecutorService later) {
        this.ports = ports;
        this.policies = policies;
        this.judge = judge;
        this.recorder = recorder;
        this.ledger = ledger;
        this.placeholders = placeholders;
        this.slots = slots;
        this.counters = counters;
        this.environment = environment;
        this.egress = egress;
        this.clock = clock;
        this.finishing = finishing;
        this.later = later;
        this.writer = new RunFactsWriter(recorder.hashKey(), new SecureRandom());
    }

    /** Decides, and on yes starts the command; replies in every other case. */
    void begin(LocalRequest request) {
        Instant receivedAt = clock.instant();
        SandboxUsers.Lookup lookup = ports.users().principalFor(request.caller());
        if (lookup instanceof SandboxUsers.Lookup.Unknown unknown) {
            fail(request, unknown.reason());
        } else if (lookup instanceof SandboxUsers.Lookup.Known known) {
            begin(request, known.principal(), receivedAt);
        }
    }

    private void begin(LocalRequest request, Principal principal, Instant receivedAt) {
        PolicyInForce.Held held = policies.current();
        ResolvedPolicy policy = held.policy();
        Verdict verdict = judge.judge(policy, request, principal);
        boolean holds = policy.mode() == Mode.ENFORCE;
        if (verdict.decision() != Decision.ALLOW && holds) {
            deny(request, principal, held, verdict, receivedAt);
            return;
        }
        NetworkPlan net = ports.network().plan(held.compiled().network());
        if (net instanceof NetworkPlan.Refused refused) {
            deny(request, principal, held, new Verdict(Decision.DENY, refused.rule(), refused.reason()), receivedAt);
        } else if (net instanceof NetworkPlan.Granted network) {
            confine(request, principal, held, verdict, network, receivedAt);
        }
    }

    private void confine(
            LocalRequest request,
            Principal principal,
            PolicyInForce.Held held,
            Verdict verdict,
            NetworkPlan.Granted network,
            Instant receivedAt) {
        FileBoundary boundary =
                held.compiled().files().withRootsSettings(judge.needsRootsSettings(held.policy(), request));
        FilePlan files = ports.files().plan(boundary, principal, request.cwd(), network.isOnline());
        if (files instanceof FilePlan.Refused refused) {
            deny(request, principal, held, new Verdict(Decision.DENY, refused.rule(), refused.reason()), receivedAt);
        } else if (files instanceof FilePlan.Granted granted) {
            RunFacts facts = writer.write(
                            request, principal, held, verdict, recorder.host(), receivedAt, clock.instant())
                    .withNotices(Stream.concat(network.notices().stream(), granted.notices().stream())
                            .toList());
            try {
                launch(
                        request,
                        facts,
                        plan(request, principal, held, granted, network, facts),
                        held.compiled().redactor(recorder.hashKey()));
            } catch (RuntimeException e) {
                egress.end(facts.runId());
                throw e;
            }
        }
    }

    private ConfinementPlan plan(
            LocalRequest request,
            Principal principal,
            PolicyInForce.Held held,
            FilePlan.Granted files,
            NetworkPlan.Granted network,
            RunFacts facts) {
        ResolvedPolicy policy = held.policy();
        Map<String, String> env = ChildEnvironment.of(
                environment,
                policy,
                request.env(),
                principal,
                ports.files().temporaryDirectory(principal),
                facts.runId(),
                facts.ids().childHeader());
        RedirectingVariables.lead(env, files.view());
        NetworkPlan.Granted reached = network;
        if (network.reach() == NetworkPlan.Reach.PROXY) {
            Redactor redactor = held.compiled().redactor(recorder.hashKey());
            ProxyPass pass = egress.admit(facts.runId(), facts.ids(), policy, redactor);
            ProxyEnvironment.add(env, pass);
            reached = network.announced(new NetworkPlan.Hello(pass.port(), pass.hello()));
        }
        return new ConfinementPlan(
                principal,
                request.cwd(),
                request.argv(),
                env,
                files.view(),
                reached,
                policy.mode() == Mode.AUDIT || policy.process().debugging(),
                held.compiled().limits(),
                HOSTNAME);
    }

    private void deny(
            LocalRequest request, Principal principal, PolicyInForce.Held held, Verdict verdict, Instant receivedAt) {
        counters.denied.increment();
        RunFacts facts = writer.write(request, principal, held, verdict, recorder.host(), receivedAt, clock.instant());
        try {
            recorder.denied(facts);
        } catch (IOException e) {
            // Refused all the same; that it is not recorded shows in the log and in the spool's health.
            LOG.log(System.Logger.Level.ERROR, "a denial could not be recorded: {0}", e.getMessage());
        }
        ports.channel().reply(request.id(), LocalReply.line(LocalReply.DENIED, verdict.refusal(held.policy())));
    }

    private void launch(LocalRequest request, RunFacts facts, ConfinementPlan plan, Redactor redactor) {
        Account account = plan.principal().account();
        List<Placeholder> made = plan.files().placeholders();
        String full = slots.take(account.id());
        if (full != null) {
            egress.end(facts.runId());
            fail(request, full);
            return;
        }
        List<Long> changes;
        try {
            recorder.begin(facts);
        } catch (IOException e) {
            slots.give(account.id());
            egress.end(facts.runId());
            fail(request, String.valueOf(e.getMessage()));
            return;
        }
        placeholders.acquire(made);
        try {
            changes = ledger.intend(made.stream()
                    .map(placeholder -> change(placeholder, account.posix().uid()))
                    .toList());
        } catch (IOException e) {
            placeholders.release(made);
            slots.give(account.id());
            egress.end(facts.runId());
            abandon(facts, "the ledger cannot be written: " + e.getMessage());
            fail(request, "the ledger cannot be written, so nothing may be changed: " + e.getMessage());
            return;
        }
        counters.allowed.increment();
        ActiveRun run = new ActiveRun(
                facts,
                clock.instant(),
                clock,
                redactor,
                pid -> recorder.started(facts, pid),
                (ended, outcome) -> finishing.execute(() -> finish(request.id(), ended, plan, changes, outcome)));
        active.put(request.id(), run);
        ports.launcher().launch(request.id(), plan, run);
    }

    private static Change change(Placeholder placeholder, int uid) {
        return new Change(
                "placeholder",
                Map.of(
                        "path", placeholder.path(),
                        "directory", Boolean.toString(placeholder.directory()),
                        "uid", Integer.toString(uid)));
    }

    private void finish(long id, ActiveRun run, ConfinementPlan plan, List<Long> changes, RunOutcome outcome) {
        slots.give(plan.principal().account().id());
        egress.end(run.facts().runId());
        String problem = record(run.facts(), outcome);
        active.remove(id);
        synchronized (active) {
            active.notifyAll();
        }
        placeholders.release(plan.files().placeholders());
        if (!changes.isEmpty() && outcome.kind() != RunOutcome.Kind.LOST) {
            undoneLater(changes);
        }
        switch (outcome.kind()) {
            case FAILED -> {
                counters.failed.increment();
                ports.channel()
                        .reply(id, LocalReply.line(LocalReply.FAILED, "the command was not run: " + outcome.problem()));
            }
            case LOST -> counters.lost.increment();
            case COMPLETED, KILLED, DENIED -> ports.launcher().recorded(id);
        }
        if (problem != null) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "run {0} could not be recorded yet: {1}",
                    run.facts().runId(),
                    problem);
        }
    }

    /**
     * The launcher removes placeholders about when it reports the end, so the ledger keeps them a little longer. What is not
     * done when the agent stops, or when the launcher died and removed nothing, recovery does.
     */
    private void undoneLater(List<Long> changes) {
        try {
            later.schedule(() -> undone(changes), REMOVAL_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "stopping; the ledger keeps the placeholders for the recovery");
        }
    }

    private @Nullable String record(RunFacts facts, RunOutcome outcome) {
        try {
            recorder.end(facts, outcome);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void abandon(RunFacts facts, String why) {
        Instant now = clock.instant();
        String problem =
                record(facts, new RunOutcome(RunOutcome.Kind.FAILED, now, null, null, 0, null, why, List.of(), false));
        if (problem != null) {
            LOG.log(System.Logger.Level.ERROR, "run {0} could not be recorded yet: {1}", facts.runId(), problem);
        }
    }

    private void undone(List<Long> changes) {
        try {
            for (long change : changes) {
                ledger.undone(change);
            }
        } catch (IOException e) {
            // Recovery will look at the paths again and find nothing to do.
            LOG.log(System.Logger.Level.WARNING, "the ledger could not be written: {0}", e.getMessage());
        }
    }

    private void fail(LocalRequest request, String why) {
        counters.failed.increment();
        ports.channel().reply(request.id(), LocalReply.line(LocalReply.FAILED, why));
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
