package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.Spool;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps what hooks told and what was decided on it, whether or not the policy takes agents' telemetry: decisions are this
 * service's own. The two stand in one spool record, so that both are there or neither, under resources that keep them apart.
 */
public final class HookEvents {
    /** Under which it is counted that an account's hooks told more than is kept for one. */
    private static final String OVER_BUDGET = "hook-over-budget";

    private final EventRecords records;
    private final Joiner joiner;
    private final Spool spool;
    private final Supplier<Redactor> redactor;
    private final SenderBudget budget;
    private final DropCounts dropped;

    HookEvents(
            EventRecords records,
            Joiner joiner,
            Spool spool,
            Supplier<Redactor> redactor,
            SenderBudget budget,
            DropCounts dropped) {
        this.records = records;
        this.joiner = joiner;
        this.spool = spool;
        this.redactor = redactor;
        this.budget = budget;
        this.dropped = dropped;
    }

    /**
     * Durably, redacted as the policy in force says.
     *
     * @param told the agent's word; left out, and counted, when its account tells too much
     * @param decided this service's own
     */
    public void keep(List<AgentEvent> told, List<AgentEvent> decided, Sender sender) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        Redactor current = redactor.get();
        for (AgentEvent event : told) {
            JoinedEvent joined = joined(event, sender);
            LogRecord log = joined.record(joined.attributes(current));
            List<byte[]> parts = records.reported(event.agent(), List.of(log), Map.of(), sender);
            long size = parts.stream().mapToLong(each -> each.length).sum();
            if (budget.take(sender.accountId(), size)) {
                parts.forEach(record::writeBytes);
            } else {
                dropped.add(OVER_BUDGET, 1, size);
            }
        }
        for (AgentEvent event : decided) {
            JoinedEvent joined = joined(event, sender);
            Map<String, Object> attributes = joined.attributes(current);
            attributes.put("cordon.attested", true);
            attributes.put("user.id", sender.accountId());
            record.writeBytes(records.attested(joined.answer(attributes)));
        }
        // Messages written one after the other are one message.
        if (record.size() > 0) {
            spool.append(record.toByteArray());
        }
    }

    private JoinedEvent joined(AgentEvent event, Sender sender) {
        return new JoinedEvent(
                event, joiner.join(event, sender), event.session() == null ? null : joiner.session(event, sender));
    }
}
