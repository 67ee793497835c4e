package io.cordon.agent.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns facts and outcome of a run into its trace: {@code cordon.run} with {@code cordon.decision}, {@code cordon.confinement}
 * and {@code cordon.execution} below it. Names of attributes are part of Cordon's wire format. One trace at a time.
 */
final class RunTrace {
    static final String SCOPE = "io.cordon.agent";

    private final HostFacts host;
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final List<SpanData> finished = new ArrayList<>();
    private String nextTrace = "";
    private String nextSpan = "";

    RunTrace(HostFacts host) {
        this.host = host;
        this.provider = SdkTracerProvider.builder()
                .setIdGenerator(new IdGenerator() {
                    @Override
                    public String generateSpanId() {
                        return nextSpan;
                    }

                    @Override
                    public String generateTraceId() {
                        return nextTrace;
                    }
                })
                .setResource(Resource.create(resource(host)))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxNumberOfEvents(RunOutcome.MAX_EVENTS)
                        .build())
                .addSpanProcessor(SimpleSpanProcessor.create(new Collector()))
                .build();
        this.tracer = provider.get(SCOPE);
    }

    /** What every record says about where it was made. */
    static Attributes resource(HostFacts host) {
        return Attributes.builder()
                .put("service.name", "cordon-agent")
                .put("service.version", host.agentVersion())
                .put("host.id", host.endpointId())
                .put("host.name", host.hostname())
                .put("os.type", host.osType())
                .put("cordon.provenance", "attested")
                .build();
    }

    /** Whether this host still is what its records say. */
    boolean isFor(HostFacts facts) {
        return host.equals(facts);
    }

    private final class Collector implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            finished.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    /**
     * The record as OTLP.
     *
     * @param lost records of the spool dropped so far, said when it is not zero
     */
    synchronized byte[] record(RunFacts facts, RunOutcome outcome, long lost) {
        finished.clear();
        RunIds ids = facts.ids();
        nextTrace = ids.traceId();
        Context parent = ids.parentSpanId() == null
                ? Context.root()
                : Context.root()
                        .with(Span.wrap(SpanContext.createFromRemoteParent(
                                ids.traceId(), ids.parentSpanId(), TraceFlags.getSampled(), TraceState.getDefault())));
        Span root = start("cordon.run", ids.root(), parent, facts.receivedAt(), runAttributes(facts, outcome, lost));
        Context inside = parent.with(root);
        Span decision = start("cordon.decision", ids.decision(), inside, facts.receivedAt(), decision(facts));
        decision.end(facts.decidedAt());
        if (outcome.kind() != RunOutcome.Kind.DENIED) {
            confinement(facts, outcome, inside);
        }
        String failure = failure(outcome);
        if (failure != null) {
            root.setStatus(StatusCode.ERROR, failure);
        }
        root.end(latest(facts.decidedAt(), outcome.endedAt()));
        return OtlpTraces.encode(finished);
    }

    private void confinement(RunFacts facts, RunOutcome outcome, Context inside) {
        RunIds ids = facts.ids();
        Instant confinedAt = outcome.confinedAt() == null ? facts.decidedAt() : outcome.confinedAt();
        Instant startedAt = outcome.startedAt() == null ? outcome.endedAt() : outcome.startedAt();
        AttributesBuilder about = Attributes.builder();
        if (!facts.notices().isEmpty()) {
            about.put(AttributeKey.stringArrayKey("cordon.notices"), facts.notices());
        }
        Span confinement = start("cordon.confinement", ids.confinement(), inside, facts.decidedAt(), about);
        confinement.addEvent("cordon.planned", confinedAt);
        if (outcome.startedAt() == null && outcome.problem() != null) {
            confinement.setStatus(StatusCode.ERROR, outcome.problem());
        }
        confinement.end(latest(facts.decidedAt(), startedAt));
        if (outcome.startedAt() == null) {
            return;
        }
        Span execution = start("cordon.execution", ids.execution(), inside, startedAt, execution(outcome));
        outcome.processes()
                .forEach(event -> execution.addEvent(
                        "process." + event.kind().name().toLowerCase(java.util.Locale.ROOT),
                        ProcessAttributes.of(event),
                        event.at()));
        String failure = failure(outcome);
        if (failure != null) {
            execution.setStatus(StatusCode.ERROR, failure);
        }
        execution.end(latest(startedAt, outcome.endedAt()));
    }

    private Span start(String name, String spanId, Context parent, Instant at, AttributesBuilder attributes) {
        nextSpan = spanId;
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setStartTimestamp(at)
                .setAllAttributes(attributes.build())
                .startSpan();
    }

    /** A span never ends before it starts, whatever the clocks of the kernel and this process say. */
    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable String failure(RunOutcome outcome) {
        return switch (outcome.kind()) {
            case COMPLETED ->
                outcome.exit() == null || outcome.exit().status() == 0
                        ? null
                        : "exit status " + outcome.exit().status();
            case DENIED -> "denied";
            case KILLED, FAILED, LOST ->
                outcome.problem() == null ? outcome.kind().word() : outcome.problem();
        };
    }

    private static AttributesBuilder decision(RunFacts facts) {
        return Attributes.builder()
                .put("cordon.decision", facts.decision())
                .put("cordon.enforced", facts.enforced())
                .put("cordon.rule", facts.rule())
                .put("cordon.reason", facts.reason());
    }

    private static AttributesBuilder execution(RunOutcome outcome) {
        AttributesBuilder attributes = Attributes.builder().put("process.pid", outcome.pid());
        if (outcome.exit() != null) {
            attributes.put("process.exit.code", (long) outcome.exit().status());
            attributes.put("cordon.max_rss_kib", outcome.exit().maxRssKiB());
            attributes.put("cordon.cpu_micros", outcome.exit().cpuMicros());
        }
        if (outcome.processesTruncated()) {
            attributes.put("cordon.process_tree.truncated", true);
        }
        return attributes;
    }

    private static AttributesBuilder runAttributes(RunFacts facts, RunOutcome outcome, long lost) {
        AttributesBuilder attributes = decision(facts)
                .put("cordon.attested", true)
                .put("cordon.run.id", facts.runId())
                .put("cordon.session.id", facts.session())
                .put("cordon.policy.name", facts.policy().name())
                .put("cordon.policy.version", (long) facts.policy().version())
                .put("cordon.policy.digest", facts.policy().digest())
                .put("cordon.policy.mode", facts.policy().mode())
                .put("enduser.id", facts.user())
                .put("user.id", facts.userId())
                .put("process.executable.name", facts.executable())
                .put(AttributeKey.stringArrayKey("process.command_args"), facts.arguments())
                .put("process.working_directory", facts.workingDirectory())
                .put("cordon.caller.pid", facts.callerPid())
                .put("cordon.caller.executable", facts.callerExecutable())
                .put("cordon.outcome", outcome.kind().word());
        Map.of(
                        "gen_ai.tool.call.id", java.util.Optional.ofNullable(facts.toolCall()),
                        "cordon.stated_reason", java.util.Optional.ofNullable(facts.statedReason()),
                        "cordon.problem", java.util.Optional.ofNullable(outcome.problem()))
                .forEach((key, value) -> value.ifPresent(text -> attributes.put(key, text)));
        if (facts.argumentsTruncated()) {
            attributes.put("cordon.command_args.truncated", true);
        }
        if (outcome.startedAt() != null) {
            attributes.put("process.pid", outcome.pid());
        }
        if (outcome.exit() != null) {
            attributes.put("process.exit.code", (long) outcome.exit().status());
            attributes.put(
                    AttributeKey.stringArrayKey("cordon.limits_hit"),
                    outcome.exit().limitsHit());
        }
        if (lost > 0) {
            attributes.put("cordon.spool.lost", lost);
        }
        return attributes;
    }
}
