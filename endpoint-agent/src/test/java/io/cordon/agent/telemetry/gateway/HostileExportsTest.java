package io.cordon.agent.telemetry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.telemetry.gateway.otlp.Export;
import io.cordon.agent.telemetry.gateway.otlp.Receipt;
import io.cordon.policy.model.ArgumentCapture;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What no agent sends, but whoever shares its account can. */
class HostileExportsTest {
    private static final String SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ456789";

    private final GatewayRig rig = new GatewayRig();

    private static LogRecord log(Map<String, String> attributes) {
        LogRecord.Builder log = LogRecord.newBuilder();
        attributes.forEach((key, value) -> log.addAttributes(
                KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value))));
        return log.build();
    }

    private Receipt take(LogRecord... logs) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord log : logs) {
            scope.addLogRecords(log);
        }
        return rig.take(new Export.Logs(ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build()));
    }

    @Test
    void aSecretInTheNameOfAnAttributeIsTakenOut() {
        take(log(Map.of("event.name", "codex.tool_result", "conversation.id", "c", "x " + SECRET, "v")));
        assertEquals(1, rig.events().size());
        assertFalse(rig.events().toString().contains(SECRET), rig.events().toString());
    }

    @Test
    void whereContentIsNotKeptWhatNobodyKnowsIsNoneEither() {
        LogRecord log = log(Map.of("event.name", "codex.tool_result", "conversation.id", "c", "tool_text", "my words"));
        rig.capturing(ArgumentCapture.NONE);
        take(log);
        rig.capturing(ArgumentCapture.HASHED);
        take(log);
        rig.capturing(ArgumentCapture.REDACTED);
        assertFalse(rig.events().toString().contains("my words"), rig.events().toString());
        take(log);
        assertEquals("my words", rig.events().get(2).text("cordon.original.tool_text"));
    }

    @Test
    void anEventLargerThanARecordIsKeptWithoutItsLargestParts() {
        rig.capturing(ArgumentCapture.FULL);
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < 250; i++) {
            attributes.put("x" + i, "\u4e16".repeat(1024));
        }
        for (String content : new String[] {"prompt", "arguments", "output", "error.message"}) {
            attributes.put(content, "\u4e16".repeat(64 << 10));
        }
        attributes.put("event.name", "codex.tool_result");
        attributes.put("conversation.id", "c");
        attributes.put("call_id", "call-1");
        assertEquals(Receipt.Taken.ALL, take(log(attributes)));
        assertEquals(Receipt.Taken.ALL, take(log(attributes), log(attributes)));
        assertEquals(3, rig.events().size());
        for (GatewayRig.Stored event : rig.events()) {
            assertEquals("call-1", event.text("gen_ai.tool.call.id"));
            assertEquals("true", event.text("cordon.truncated"));
            assertTrue(event.attributes().containsKey("cordon.original.x1")
                    || event.resource().containsKey("cordon.original.x1"));
        }
    }
}
