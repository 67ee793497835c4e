package io.cordon.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.RunListener;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final HostFacts HOST = new HostFacts("endpoint-1", "box", "linux", "0.1.0");

    @TempDir
    Path dir;

    private final MemorySpool spool = new MemorySpool(1 << 20);

    private RunRecorder recorder() throws IOException {
        return RunRecorder.open(dir, spool, () -> HOST, new byte[32], InstantSource.fixed(T0.plusSeconds(60)));
    }

    static RunFacts facts(@Nullable TraceParent parent) {
        return new RunFacts(
                "5d1f1b1e-0000-4000-8000-000000000001",
                RunIds.create(parent, new Random(1)),
                T0,
                T0.plusMillis(1),
                "session-1",
                "call-1",
                "because",
                "allow",
                true,
                "default",
                "Nothing forbids it.",
                new RunFacts.PolicyFacts("balanced", 3, "ab".repeat(32), "enforce"),
                "ada",
                "1000",
                "git",
                List.of("git", "status"),
                false,
                "/home/ada/project",
                77,
                "/usr/bin/node",
                List.of("network is offline"));
    }

    private static RunOutcome completed(List<RunListener.ProcessEvent> processes) {
        return new RunOutcome(
                RunOutcome.Kind.COMPLETED,
                T0.plusSeconds(2),
                T0.plusMillis(2),
                T0.plusMillis(10),
                4242,
                new RunListener.Exit(3, 0, List.of("memory"), T0.plusSeconds(2), 1000, 2000),
                null,
                processes,
                false);
    }

    private static Map<String, Span> spans(byte[] record) throws IOException {
        return ExportTraceServiceRequest.parseFrom(record).getResourceSpans(0).getScopeSpans(0).getSpansList().stream()
                .collect(Collectors.toMap(Span::getName, span -> span));
    }

    private static Map<String, Object> attributes(List<KeyValue> list) {
        Map<String, Object> map = new HashMap<>();
        for (KeyValue each : list) {
            map.put(
                    each.getKey(),
                    switch (each.getValue().getValueCase()) {
                        case STRING_VALUE -> each.getValue().getStringValue();
                        case BOOL_VALUE -> each.getValue().getBoolValue();
                        case INT_VALUE -> each.getValue().getIntValue();
                        case ARRAY_VALUE ->
                            each.getValue().getArrayValue().getValuesList().stream()
                                    .map(value -> value.getStringValue())
                                    .toList();
                        default -> each.getValue().toString();
                    });
        }
        return map;
    }

    private byte[] only() throws IOException {
        List<byte[]> records = spool.read(10, Long.MAX_VALUE).records();
        assertEquals(1, records.size());
        return records.get(0);
    }

    @Test
    void completedRunIsOneTraceWithFourSpans() throws IOException {
        try (RunRecorder recorder = recorder()) {
            RunFacts facts = facts(null);
            recorder.begin(facts);
            recorder.end(
                    facts,
                    completed(List.of(new RunListener.ProcessEvent(
                            RunListener.ProcessEvent.Kind.EXEC,
                            4243,
                            4242,
                            "/usr/bin/git",
                            List.of("git", "fetch"),
                            true,
                            null,
                            T0.plusMillis(20)))));
            Map<String, Span> spans = spans(only());
            assertEquals(
                    java.util.Set.of("cordon.run", "cordon.decision", "cordon.confinement", "cordon.execution"),
                    spans.keySet());
            Span root = spans.get("cordon.run");
            assertTrue(root.getParentSpanId().isEmpty());
            spans.values().forEach(span -> assertEquals(root.getTraceId(), span.getTraceId()));
            assertEquals(root.getSpanId(), spans.get("cordon.execution").getParentSpanId());
            assertEquals(
                    facts.ids().execution(),
                    HexFormat.of()
                            .formatHex(spans.get("cordon.execution").getSpanId().toByteArray()));
            assertEquals(T0.getEpochSecond() * 1_000_000_000L, root.getStartTimeUnixNano());
            assertEquals(T0.plusSeconds(2).getEpochSecond() * 1_000_000_000L, root.getEndTimeUnixNano());
            Span.Event event = spans.get("cordon.execution").getEvents(0);
            assertEquals("process.exec", event.getName());
            Map<String, Object> about = attributes(event.getAttributesList());
            assertEquals("/usr/bin/git", about.get("process.executable.path"));
            assertEquals(List.of("git", "fetch"), about.get("process.command_args"));
            assertEquals(true, about.get("cordon.command_args.truncated"));
        }
    }

    @Test
    void rootSaysEverythingTheServerPromotes() throws IOException {
        try (RunRecorder recorder = recorder()) {
            RunFacts facts = facts(null);
            recorder.begin(facts);
            recorder.end(facts, completed(List.of()));
            Map<String, Object> root =
                    attributes(spans(only()).get("cordon.run").getAttributesList());
            Map<String, Object> expected = new HashMap<>(Map.of(
                    "cordon.attested", true,
                    "cordon.run.id", facts.runId(),
                    "cordon.session.id", "session-1",
                    "gen_ai.tool.call.id", "call-1",
                    "cordon.stated_reason", "because",
                    "cordon.decision", "allow",
                    "cordon.enforced", true,
                    "cordon.rule", "default",
                    "cordon.reason", "Nothing forbids it.",
                    "cordon.outcome", "completed"));
            expected.putAll(Map.of(
                    "cordon.policy.name",
                    "balanced",
                    "cordon.policy.version",
                    3L,
                    "cordon.policy.digest",
                    "ab".repeat(32),
                    "cordon.policy.mode",
                    "enforce",
                    "enduser.id",
                    "ada",
                    "user.id",
                    "1000",
                    "process.executable.name",
                    "git",
                    "process.command_args",
                    List.of("git", "status"),
                    "process.working_directory",
                    "/home/ada/project",
                    "process.exit.code",
                    3L));
            expected.putAll(Map.of(
                    "process.pid",
                    4242L,
                    "cordon.caller.pid",
                    77L,
                    "cordon.caller.executable",
                    "/usr/bin/node",
                    "cordon.limits_hit",
                    List.of("memory")));
            assertEquals(expected, root);
        }
    }

    @Test
    void resourceNamesTheHostAndThatItIsAttested() throws IOException {
        try (RunRecorder recorder = recorder()) {
            recorder.denied(facts(null));
            Map<String, Object> resource = attributes(ExportTraceServiceRequest.parseFrom(only())
                    .getResourceSpans(0)
                    .getResource()
                    .getAttributesList());
            assertEquals("endpoint-1", resource.get("host.id"));
            assertEquals("cordon-agent", resource.get("service.name"));
            assertEquals("attested", resource.get("cordon.provenance"));
        }
    }

    @Test
    void hangsBelowTheCallersSpan() throws IOException {
        TraceParent parent = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
        try (RunRecorder recorder = recorder()) {
            recorder.denied(facts(parent));
            Span root = spans(only()).get("cordon.run");
            assertEquals(
                    parent.traceId(), HexFormat.of().formatHex(root.getTraceId().toByteArray()));
            assertEquals(
                    parent.spanId(),
                    HexFormat.of().formatHex(root.getParentSpanId().toByteArray()));
        }
    }

    @Test
    void deniedRunHasNoExecution() throws IOException {
        try (RunRecorder recorder = recorder()) {
            recorder.denied(facts(null));
            Map<String, Span> spans = spans(only());
            assertEquals(java.util.Set.of("cordon.run", "cordon.decision"), spans.keySet());
            assertEquals(
                    "denied",
                    attributes(spans.get("cordon.run").getAttributesList()).get("cordon.outcome"));
        }
    }

    @Test
    void runOfAKilledAgentIsRecordedAsLostAtTheNextStartWithTheSameIds() throws IOException {
        RunFacts facts = facts(null);
        try (RunRecorder recorder = recorder()) {
            recorder.begin(facts);
        }
        assertTrue(spool.read(10, 1000).isEmpty());
        try (RunRecorder recorder = recorder()) {
            Map<String, Span> spans = spans(only());
            Span root = spans.get("cordon.run");
            assertEquals("lost", attributes(root.getAttributesList()).get("cordon.outcome"));
            assertEquals(
                    facts.ids().root(),
                    HexFormat.of().formatHex(root.getSpanId().toByteArray()));
        }
        try (RunRecorder recorder = recorder()) {
            only();
        }
    }

    @Test
    void runThatCannotBeRecordedDoesNotBegin() throws IOException {
        try (RunRecorder recorder = recorder()) {
            spool.setFull(true);
            assertThrows(IOException.class, () -> recorder.begin(facts(null)));
        }
        spool.setFull(false);
        try (RunRecorder recorder = recorder()) {
            assertTrue(spool.read(10, 1000).isEmpty());
        }
    }

    @Test
    void recordThatCouldNotBeWrittenIsStillOwedAfterARestart() throws IOException {
        RunFacts facts = facts(null);
        try (RunRecorder recorder = recorder()) {
            recorder.begin(facts);
            spool.setFull(true);
            assertThrows(IOException.class, () -> recorder.end(facts, completed(List.of())));
        }
        spool.setFull(false);
        try (RunRecorder recorder = recorder()) {
            assertFalse(spans(only()).isEmpty());
        }
    }

    @Test
    void lostRecordsOfTheSpoolAreSaidInTheNextOne() throws IOException {
        MemorySpool small = new MemorySpool(2500);
        try (RunRecorder recorder = RunRecorder.open(dir, small, () -> HOST, new byte[32], InstantSource.fixed(T0))) {
            for (int i = 0; i < 6; i++) {
                recorder.denied(facts(null));
            }
            List<byte[]> records =
                    new ArrayList<>(small.read(100, Long.MAX_VALUE).records());
            Map<String, Object> last = attributes(
                    spans(records.get(records.size() - 1)).get("cordon.run").getAttributesList());
            assertTrue((Long) last.getOrDefault("cordon.spool.lost", 0L) > 0);
        }
    }
}
