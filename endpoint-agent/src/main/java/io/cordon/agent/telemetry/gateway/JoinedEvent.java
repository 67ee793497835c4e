package io.cordon.agent.telemetry.gateway;

import com.google.protobuf.ByteString;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event with the run it belongs to, as a log record. No attribute of the agent's can stand where one of ours does.
 *
 * @param session that the event is shown in
 */
record JoinedEvent(AgentEvent event, Join join, @Nullable String session) {
    static final String NAME = "cordon.agent.";
    /** Of what this service answered a hook: its own word, so never under the name of the agents'. */
    static final String ANSWER = "cordon.hook.";
    /** Characters of an attribute; what is longer is content that nobody named as such. */
    private static final int LONGEST = 1024;
    /** Bytes of an event: with what it shares with others it has to fit into a record of the spool. */
    private static final int MOST_BYTES = 512 << 10;

    private static final String ORIGINAL = "cordon.original.";

    /** All its attributes, as far as they may be stored. */
    Map<String, Object> attributes(Redactor redactor) {
        Map<String, Object> all = new TreeMap<>();
        event.attributes().forEach((key, value) -> put(all, key, value, redactor));
        event.content().forEach((key, text) -> redactor.content(text).ifPresent(kept -> all.put(key, kept)));
        all.put("cordon.attested", false);
        all.put("cordon.agent.name", event.agent());
        all.put("cordon.join", join.strength().word());
        all.put("cordon.original.name", kept(event.original(), redactor));
        if (join.run() != null) {
            all.put("cordon.run.id", join.run().runId());
        }
        put(all, "cordon.session.id", session, redactor);
        put(all, "gen_ai.conversation.id", event.session(), redactor);
        put(all, "cordon.turn.id", event.turn(), redactor);
        put(all, "gen_ai.tool.call.id", event.toolCall(), redactor);
        cut(all);
        return all;
    }

    /** What nobody knows here may be content as well as anything else, and its name may be anything. */
    private static void put(Map<String, Object> all, String key, Object value, Redactor redactor) {
        if (!key.startsWith(ORIGINAL)) {
            all.put(key, value instanceof String text ? kept(text, redactor) : value);
        } else if (value instanceof String text) {
            redactor.content(text).ifPresent(kept -> all.put(kept(key, redactor), shortened(kept)));
        } else {
            all.put(kept(key, redactor), value);
        }
    }

    /** Takes the largest out until the rest fits into a record, whatever the agent sent. */
    private static void cut(Map<String, Object> all) {
        long size = all.entrySet().stream().mapToLong(JoinedEvent::size).sum();
        while (size > MOST_BYTES) {
            Map.Entry<String, Object> largest =
                    Collections.max(all.entrySet(), Comparator.comparing(JoinedEvent::size));
            size -= size(largest);
            all.remove(largest.getKey());
            all.put("cordon.truncated", true);
        }
    }

    /** At most, in bytes. */
    private static long size(Map.Entry<String, Object> attribute) {
        return 3L
                        * (attribute.getKey().length()
                                + attribute.getValue().toString().length())
                + 16;
    }

    private static void put(Map<String, Object> all, String key, @Nullable String value, Redactor redactor) {
        if (value == null) {
            all.remove(key);
        } else {
            all.put(key, kept(value, redactor));
        }
    }

    private static String kept(String text, Redactor redactor) {
        return shortened(redactor.text(text));
    }

    private static String shortened(String kept) {
        return kept.length() <= LONGEST ? kept : kept.substring(0, LONGEST);
    }

    /** @param own attributes that the resource does not have already */
    LogRecord record(Map<String, Object> own) {
        return record(NAME, own);
    }

    /** The same for what this service answered. */
    LogRecord answer(Map<String, Object> own) {
        return record(ANSWER, own);
    }

    private LogRecord record(String prefix, Map<String, Object> own) {
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTimeUnixNano(nanos(event.at()))
                .setObservedTimeUnixNano(nanos(event.at()))
                .setEventName(prefix + event.kind().word())
                .addAllAttributes(AttributeList.of(own));
        if (event.traceId() != null) {
            log.setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(event.traceId())));
        }
        if (event.spanId() != null) {
            log.setSpanId(ByteString.copyFrom(HexFormat.of().parseHex(event.spanId())));
        }
        return log.build();
    }

    static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }
}
