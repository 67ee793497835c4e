package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.os.SenderIdentity;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunObserver;
import io.cordon.agent.telemetry.Spool;
import io.cordon.agent.telemetry.gateway.event.EventKind;
import io.cordon.agent.telemetry.gateway.otlp.GrpcReceiver;
import io.cordon.agent.telemetry.gateway.otlp.HttpReceiver;
import io.cordon.agent.telemetry.gateway.otlp.ReceiverLimits;
import io.cordon.policy.model.AgentEvents;
import io.cordon.policy.model.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The gateway as the agent runs it: listens while the policy in force asks for agents' events, and not otherwise. Driven by
 * {@link #tick}, which follows the policy and reports what the passage of time makes known.
 */
public final class TelemetryGateway implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TelemetryGateway.class.getName());
    private static final Duration REPORT_EVERY = Duration.ofMinutes(1);
    /** A port that is taken is tried again after this. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Parts parts;
    private final GatewayPorts ports;
    private final ReceiverLimits limits;
    private final RecentRuns runs;
    private final RunReports reports = new RunReports();
    private final ExportPipeline pipeline;
    private final HookEvents hooks;
    private @Nullable HttpReceiver http;
    private @Nullable GrpcReceiver grpc;
    private @Nullable String problem;
    /** Why senders cannot be told; null while they can, or nothing is taken. */
    private @Nullable String blind;

    private Instant nextReport = Instant.EPOCH;
    private Instant nextTry = Instant.EPOCH;
    private volatile List<Integer> listening = List.of();
    private volatile Redaction redaction;

    private record Redaction(Telemetry policy, Redactor redactor) {}

    /**
     * What the gateway works with.
     *
     * @param policy what the policy in force says about telemetry
     * @param hashKey the key for {@link Redactor}
     * @param ownPid process id of this service
     */
    public record Parts(
            SenderIdentity senders,
            Spool spool,
            Supplier<Telemetry> policy,
            HostFacts host,
            byte[] hashKey,
            long ownPid,
            InstantSource clock) {}

    public TelemetryGateway(Parts parts, GatewayPorts ports, ReceiverLimits limits) {
        this.parts = parts;
        this.ports = ports;
        this.limits = limits;
        this.runs = new RecentRuns(parts.senders(), parts.ownPid());
        Telemetry policy = parts.policy().get();
        this.redaction = new Redaction(policy, new Redactor(policy, parts.hashKey()));
        EventRecords records = new EventRecords(parts.host());
        Joiner joiner = new Joiner(runs, parts.clock());
        SenderBudget budget = new SenderBudget(parts.clock());
        DropCounts dropped = new DropCounts();
        this.pipeline = new ExportPipeline(
                records, joiner, reports, parts.spool(), this::redactor, budget, dropped, parts.clock());
        this.hooks = new HookEvents(records, joiner, parts.spool(), this::redactor, budget, dropped);
    }

    /** To be told of every run, so that events can be joined with them. */
    public List<RunObserver> observers() {
        return List.of(runs, reports);
    }

    /** Where hooks are recorded. */
    public HookEvents hooks() {
        return hooks;
    }

    /** Ports that are listened on now, ascending; confined agents need them relayed. */
    public List<Integer> listening() {
        return listening;
    }

    /** Port of the receiver for OTLP over HTTP; 0 when it does not listen. */
    public synchronized int httpPort() {
        return http == null ? 0 : http.port();
    }

    /** Port of the receiver for OTLP over gRPC; 0 when it does not listen. */
    public synchronized int grpcPort() {
        return grpc == null ? 0 : grpc.port();
    }

    /** Why it does not do what the policy asks for; null when it does. */
    public synchronized @Nullable String problem() {
        if (problem != null) {
            return problem;
        }
        if (blind != null) {
            return "what agents report is refused, because nobody can tell who sends it: " + blind;
        }
        return pipeline.failing() ? "what agents report cannot be kept: check space on the disk" : null;
    }

    /** What is to be looked at about once a second; quick. */
    public synchronized void tick() {
        Instant now = parts.clock().instant();
        boolean wanted = parts.policy().get().agentEvents() != AgentEvents.OFF;
        if (!wanted) {
            stop();
        } else if (http == null && !now.isBefore(nextTry)) {
            start(now);
        }
        if (!now.isBefore(nextReport)) {
            nextReport = now.plus(REPORT_EVERY);
            report(now);
            blind = http == null ? null : parts.senders().problem();
        }
    }

    private void start(Instant now) {
        try {
            http = HttpReceiver.open(ports.http(), limits, parts.senders(), pipeline);
            grpc = GrpcReceiver.open(ports.grpc(), limits, parts.senders(), pipeline);
            listening = List.of(http.port(), grpc.port()).stream().sorted().toList();
            problem = null;
            blind = parts.senders().problem();
            LOG.log(Level.INFO, "telemetry of coding agents is taken on 127.0.0.1, ports {0}", listening);
        } catch (IOException e) {
            stop();
            problem = "ports " + ports.http() + " and " + ports.grpc() + " of 127.0.0.1 cannot be opened: "
                    + e.getMessage() + "; end what listens there, or choose others (--otlp-http, --otlp-grpc)";
            nextTry = now.plus(RETRY_AFTER);
        }
    }

    private void stop() {
        listening = List.of();
        problem = null;
        blind = null;
        if (http != null) {
            http.close();
            http = null;
        }
        if (grpc != null) {
            grpc.close();
            grpc = null;
        }
    }

    private void report(Instant now) {
        try {
            pipeline.reportDropped();
            for (RunReports.Silent silent : reports.silent(now)) {
                pipeline.report(EventKind.INCOMPLETE, attributes(silent));
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the gateway''s own report cannot be kept: {0}", e.getMessage());
        }
    }

    private static Map<String, Object> attributes(RunReports.Silent silent) {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("cordon.run.id", silent.facts().runId());
        attributes.put("cordon.session.id", silent.facts().session());
        attributes.put("process.executable.name", silent.facts().executable());
        attributes.put("user.id", silent.facts().userId());
        attributes.put("cordon.outcome", silent.outcome());
        attributes.put("cordon.reason", silent.why());
        return attributes;
    }

    private Redactor redactor() {
        Telemetry policy = parts.policy().get();
        Redaction current = redaction;
        if (!current.policy().equals(policy)) {
            current = new Redaction(policy, new Redactor(policy, parts.hashKey()));
            redaction = current;
        }
        return current.redactor();
    }

    @Override
    public synchronized void close() {
        stop();
        report(parts.clock().instant());
    }
}
