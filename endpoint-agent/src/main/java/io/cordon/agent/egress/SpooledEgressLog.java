package io.cordon.agent.egress;

import io.cordon.agent.telemetry.ChildSpan;
import io.cordon.agent.telemetry.ChildSpans;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.Spool;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts attempts into the spool as spans of their run's trace: {@code cordon.egress} for each, and {@code cordon.egress.summary}
 * when the run is over. A thread of its own writes what has gathered in one record, since a record costs a write to the disk.
 */
public final class SpooledEgressLog implements EgressLog, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SpooledEgressLog.class.getName());
    private static final int WAITING = 16_384;
    /** A span has about 1 KiB, and a record at most 1 MiB. */
    private static final int PER_RECORD = 256;

    private static final int CLOSE_SECONDS = 5;

    private final Spool spool;
    private final Supplier<HostFacts> host;
    private final BlockingQueue<ChildSpan> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::write, "egress-log");
    private volatile boolean closing;

    public SpooledEgressLog(Spool spool, Supplier<HostFacts> host) {
        this.spool = spool;
        this.host = host;
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void attempt(EgressRun run, EgressAttempt attempt) {
        add(new ChildSpan(
                "cordon.egress",
                run.ids(),
                attempt.at(),
                attempt.at().plus(attempt.duration()),
                attributes(attempt),
                error(attempt)));
    }

    @Override
    public void ended(EgressRun run, EgressSummary summary) {
        add(new ChildSpan(
                "cordon.egress.summary",
                run.ids(),
                summary.at(),
                summary.at(),
                Attributes.builder()
                        .put("cordon.attested", true)
                        .put("cordon.run.id", run.runId())
                        .put("cordon.egress.attempts", summary.attempts())
                        .put("cordon.egress.denied", summary.denied())
                        .put("cordon.egress.unrecorded", summary.unrecorded())
                        .put("cordon.egress.bytes_up", summary.bytesUp())
                        .put("cordon.egress.bytes_down", summary.bytesDown())
                        .put("cordon.egress.dropped", dropped.get())
                        .build(),
                null));
    }

    private void add(ChildSpan span) {
        if (!waiting.offer(span)) {
            dropped.incrementAndGet();
        }
    }

    /** Attempts of any run that the disk was too slow for, or that could not be written; each summary tells it. */
    public long dropped() {
        return dropped.get();
    }

    private static Attributes attributes(EgressAttempt attempt) {
        AttributesBuilder all = Attributes.builder()
                .put("cordon.attested", true)
                .put("cordon.run.id", attempt.runId())
                .put("cordon.decision", attempt.allowed() ? "allow" : "deny")
                .put("cordon.rule", attempt.rule())
                .put("cordon.reason", attempt.reason())
                .put("cordon.outcome", attempt.outcome().word())
                .put("cordon.egress.protocol", attempt.protocol())
                .put("server.address", attempt.host())
                .put("cordon.egress.bytes_up", attempt.bytesUp())
                .put("cordon.egress.bytes_down", attempt.bytesDown());
        if (attempt.port() > 0) {
            all.put("server.port", (long) attempt.port());
        }
        put(all, "http.request.method", attempt.method());
        put(all, "url.path", attempt.path());
        put(all, "network.peer.address", attempt.address());
        put(all, "tls.client.server_name", attempt.serverName());
        put(all, "cordon.problem", attempt.problem());
        return all.build();
    }

    private static void put(AttributesBuilder all, String key, @Nullable String value) {
        if (value != null) {
            all.put(key, value);
        }
    }

    private static @Nullable String error(EgressAttempt attempt) {
        return switch (attempt.outcome()) {
            case COMPLETED -> null;
            case DENIED -> "denied";
            case FAILED, CUT -> attempt.problem() == null ? attempt.outcome().word() : attempt.problem();
        };
    }

    private void write() {
        List<ChildSpan> batch = new ArrayList<>(PER_RECORD);
        try {
            while (!closing || !waiting.isEmpty()) {
                ChildSpan first = waiting.poll(1, TimeUnit.HOURS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, PER_RECORD - 1);
                    append(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            // Closing: what is left is written below.
            waiting.drainTo(batch);
            for (int from = 0; from < batch.size(); from += PER_RECORD) {
                append(batch.subList(from, Math.min(batch.size(), from + PER_RECORD)));
            }
        }
    }

    private void append(List<ChildSpan> spans) {
        try {
            spool.append(ChildSpans.record(host.get(), spans));
        } catch (IOException e) {
            dropped.addAndGet(spans.size());
            LOG.log(System.Logger.Level.ERROR, "attempts to get out could not be recorded: {0}", e.getMessage());
        }
    }

    /** Writes what is waiting. */
    @Override
    public void close() {
        closing = true;
        writer.interrupt();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
