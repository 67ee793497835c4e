package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.Spool;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.agent.telemetry.gateway.event.EventKind;
import io.cordon.agent.telemetry.gateway.event.Observation;
import io.cordon.agent.telemetry.gateway.event.Observations;
import io.cordon.agent.telemetry.gateway.event.Reading;
import io.cordon.agent.telemetry.gateway.event.Vendor;
import io.cordon.agent.telemetry.gateway.otlp.Export;
import io.cordon.agent.telemetry.gateway.otlp.ExportSink;
import io.cordon.agent.telemetry.gateway.otlp.Receipt;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The way of an export: read, normalise, leave out noise, join, redact, spool. Only then is it acknowledged; what was left out is
 * counted by rule, and the counts go up with the next events.
 */
final class ExportPipeline implements ExportSink {
    /** Under which it is counted that records had unusable ids. */
    private static final String BAD_ID = "bad-id";

    private final EventRecords records;
    private final Joiner joiner;
    private final RunReports reports;
    private final Spool spool;
    private final Supplier<Redactor> redactor;
    private final SenderBudget budget;
    private final InstantSource clock;
    private final DropCounts dropped;
    private volatile boolean failing;

    ExportPipeline(
            EventRecords records,
            Joiner joiner,
            RunReports reports,
            Spool spool,
            Supplier<Redactor> redactor,
            SenderBudget budget,
            DropCounts dropped,
            InstantSource clock) {
        this.records = records;
        this.joiner = joiner;
        this.reports = reports;
        this.spool = spool;
        this.redactor = redactor;
        this.budget = budget;
        this.dropped = dropped;
        this.clock = clock;
    }

    @Override
    public Receipt take(Export export, Sender sender) {
        Observations observations = Observations.of(export, clock.instant());
        DropCounts left = new DropCounts();
        if (observations.rejected() > 0) {
            left.add(BAD_ID, observations.rejected(), 0);
        }
        TraceSessions sessions = TraceSessions.of(observations.found());
        List<AgentEvent> events = new ArrayList<>();
        for (Observation seen : observations.found()) {
            Reading reading = Vendor.of(seen).read(seen);
            if (reading instanceof Reading.Events known) {
                known.events().forEach(event -> events.add(sessions.complete(event)));
            } else if (reading instanceof Reading.Noise noise) {
                left.add(noise.rule(), 1, seen.bytes());
            }
        }
        List<byte[]> kept = records(events, sender);
        if (!budget.take(
                sender.accountId(), kept.stream().mapToLong(each -> each.length).sum())) {
            return new Receipt.Later("account " + sender.accountId() + " reports more than the agent keeps for one");
        }
        try {
            append(kept, left);
            failing = false;
        } catch (IOException e) {
            failing = true;
            return new Receipt.Later("the telemetry cannot be kept now: " + e.getMessage());
        }
        return observations.rejected() == 0
                ? Receipt.Taken.ALL
                : new Receipt.Taken(observations.rejected(), observations.why());
    }

    private void append(List<byte[]> kept, DropCounts left) throws IOException {
        for (byte[] record : kept) {
            spool.append(record);
        }
        // Counted only once the export is taken: what is not taken comes again.
        dropped.addAll(left);
        if (!kept.isEmpty()) {
            reportDropped();
        }
    }

    private List<byte[]> records(List<AgentEvent> events, Sender sender) {
        Map<String, List<AgentEvent>> byAgent =
                events.stream().collect(Collectors.groupingBy(AgentEvent::agent, TreeMap::new, Collectors.toList()));
        List<byte[]> kept = new ArrayList<>();
        byAgent.forEach((agent, its) -> kept.addAll(reported(agent, its, sender)));
        return kept;
    }

    private List<byte[]> reported(String agent, List<AgentEvent> events, Sender sender) {
        // First all joins, since one of a batch can tell which session all of them belong to.
        List<Join> joins =
                events.stream().map(event -> joiner.join(event, sender)).toList();
        for (int i = 0; i < events.size(); i++) {
            reports.heard(events.get(i), joins.get(i));
        }
        Redactor current = redactor.get();
        List<JoinedEvent> joined = IntStream.range(0, events.size())
                .mapToObj(i -> new JoinedEvent(
                        events.get(i),
                        joins.get(i),
                        events.get(i).session() == null ? null : joiner.session(events.get(i), sender)))
                .toList();
        List<Map<String, Object>> attributes =
                joined.stream().map(each -> each.attributes(current)).toList();
        Map<String, Object> shared = SharedAttributes.of(attributes);
        List<LogRecord> logs = new ArrayList<>();
        for (int i = 0; i < joined.size(); i++) {
            attributes.get(i).keySet().removeAll(shared.keySet());
            logs.add(joined.get(i).record(attributes.get(i)));
        }
        return records.reported(agent, logs, shared, sender);
    }

    /** Puts the counts of what was left out into the spool, if there are any. */
    void reportDropped() throws IOException {
        DropCounts counts = dropped.take();
        if (counts.isEmpty()) {
            return;
        }
        long now = JoinedEvent.nanos(clock.instant());
        try {
            spool.append(records.attested(LogRecord.newBuilder()
                    .setTimeUnixNano(now)
                    .setObservedTimeUnixNano(now)
                    .setEventName("cordon.gateway.filtered")
                    .addAllAttributes(AttributeList.of(counts.attributes()))
                    .addAllAttributes(AttributeList.of(lost()))
                    .build()));
        } catch (IOException e) {
            dropped.addAll(counts);
            throw e;
        }
    }

    private Map<String, Object> lost() {
        long lost = spool.stats().lost();
        return lost == 0 ? Map.of() : Map.of("cordon.spool.lost", lost);
    }

    /** Puts an event of the gateway's own into the spool, as something that this service saw. */
    void report(EventKind kind, Map<String, Object> attributes) throws IOException {
        long now = JoinedEvent.nanos(clock.instant());
        spool.append(records.attested(LogRecord.newBuilder()
                .setTimeUnixNano(now)
                .setObservedTimeUnixNano(now)
                .setEventName("cordon.gateway." + kind.word())
                .addAllAttributes(AttributeList.of(attributes))
                .build()));
    }

    /** Whether the last export could not be kept. */
    boolean failing() {
        return failing;
    }
}
