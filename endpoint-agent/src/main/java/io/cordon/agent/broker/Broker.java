package io.cordon.agent.broker;

import io.cordon.agent.adapters.discovery.AgentGate;
import io.cordon.agent.adapters.discovery.HandleProcesses;
import io.cordon.agent.egress.EgressDoor;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.SandboxUsers;
import io.cordon.agent.telemetry.RunRecorder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers local requests: decides, has the allowed confined and started, and records. */
public final class Broker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Broker.class.getName());
    private static final int CLOSE_SECONDS = 8;

    private final BrokerPorts ports;
    private final PolicyInForce policies;
    private final RunSlots slots;
    private final Counters counters = new Counters();
    private final LaunchedRuns launched;
    private final Runs runs;
    private final StatusPage statusPage;
    private final Explainer explainer;
    private final HookDesk desk;
    private final ThreadPoolExecutor workers;
    private final ExecutorService finishing;
    private final ScheduledExecutorService later;
    private volatile @Nullable String closed = "it has not been started";

    /**
     * @param placeholders shared with the file planner
     * @param egress the proxy that the network plans lead to
     * @param os linux or windows
     * @param cordon absolute path of the launcher, as coding agents are to call it
     * @param hooks where hooks are recorded
     */
    public Broker(
            BrokerPorts ports,
            PolicyInForce policies,
            RunRecorder recorder,
            Ledger ledger,
            LivePlaceholders placeholders,
            EgressDoor egress,
            Supplier<AgentStatus> status,
            String os,
            String cordon,
            HookRecorder hooks,
            BrokerLimits limits,
            InstantSource clock) {
        this.ports = ports;
        this.policies = policies;
        this.slots = new RunSlots(limits);
        this.workers = new ThreadPoolExecutor(
                limits.workers(),
                limits.workers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                threads("broker"));
        // Never refuses: what ends has begun, and the number of those is bounded by the slots.
        this.finishing = Executors.newFixedThreadPool(limits.workers(), threads("broker-end"));
        this.later = Executors.newSingleThreadScheduledExecutor(threads("broker-later"));
        CallerPaths paths = new CallerPaths(ports.files(), os);
        AgentGate agents = new AgentGate(new HandleProcesses(), os.equals("windows"));
        this.desk = new HookDesk(policies, new HookJudge(agents, paths), hooks, os, cordon, clock, new SecureRandom());
        this.launched = new LaunchedRuns(
                ports,
                recorder,
                new PlaceholderLedger(ledger, placeholders, later),
                slots,
                counters,
                egress,
                clock,
                finishing);
        this.runs = new Runs(
                ports,
                policies,
                new RunJudge(agents, desk),
                recorder,
                launched,
                counters,
                EnvironmentStyle.of(os),
                egress,
                clock);
        this.statusPage = new StatusPage(status, recorder::spoolStats, ports.network(), ports.launcher());
        this.explainer = new Explainer(paths, ports.network());
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Opens the local channel; again after it has ended, once what the dead runs left behind is recovered.
     *
     * @param ended told once, with one line, when the channel ends by itself: every run is over then, and the service decides
     *     whether to start again
     */
    public void start(Consumer<String> ended) throws IOException {
        ports.channel().open(new LocalChannel.Handler() {
            @Override
            public void request(LocalRequest request) {
                accept(request);
            }

            @Override
            public void ended(String why) {
                closed = why;
                ended.accept(why);
            }
        });
        closed = null;
    }

    private void accept(LocalRequest request) {
        try {
            workers.execute(() -> answer(request));
        } catch (RejectedExecutionException e) {
            counters.failed.increment();
            ports.channel()
                    .reply(
                            request.id(),
                            LocalReply.line(LocalReply.FAILED, "the agent is busy or stopping; try again"));
        }
    }

    private void answer(LocalRequest request) {
        try {
            switch (request.operation()) {
                case RUN -> runs.begin(request);
                case STATUS ->
                    ports.channel().reply(request.id(), statusPage.show(request, policies.current(), slots.taken()));
                case EXPLAIN -> ports.channel().reply(request.id(), explain(request));
                case HOOK -> ports.channel().reply(request.id(), hook(request));
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "request " + request.id() + " failed", e);
            counters.failed.increment();
            ports.channel().reply(request.id(), LocalReply.line(LocalReply.FAILED, "internal error: " + e));
        }
    }

    private LocalReply hook(LocalRequest request) {
        SandboxUsers.Lookup lookup = ports.users().principalFor(request.caller());
        if (lookup instanceof SandboxUsers.Lookup.Known known) {
            return desk.answer(request, known.principal());
        }
        return LocalReply.line(LocalReply.FAILED, "your account is not known on this machine");
    }

    private LocalReply explain(LocalRequest request) {
        SandboxUsers.Lookup lookup = ports.users().principalFor(request.caller());
        if (lookup instanceof SandboxUsers.Lookup.Known known) {
            return explainer.explain(request, known.principal(), policies.current());
        }
        return LocalReply.line(LocalReply.FAILED, "your account is not known on this machine");
    }

    public BrokerHealth health() {
        return new BrokerHealth(
                slots.taken(),
                counters.allowed.sum(),
                counters.denied.sum(),
                counters.failed.sum(),
                counters.lost.sum(),
                closed == null ? null : "commands cannot be confined: " + closed);
    }

    /** Refuses new requests, ends what runs, records it, and closes the channel. */
    @Override
    public void close() {
        closed = "the agent is stopping";
        workers.shutdown();
        launched.killAll("the agent is stopping");
        ports.channel().close();
        try {
            if (!launched.awaitIdle(CLOSE_SECONDS)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "runs are still open; they are recorded as lost at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        finishing.shutdown();
        later.shutdownNow();
    }
}
