package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.MemorySpool;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunIds;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpooledEgressLogTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00.123456789Z");
    private static final RunIds IDS = RunIds.create(null, new Random(3));

    private final MemorySpool spool = new MemorySpool(1 << 24);
    private final EgressRun run = new EgressRun(
            "r-1",
            IDS,
            ProxyFixture.policy(""),
            new Redactor(ProxyFixture.policy("").telemetry(), new byte[32]),
            new byte[4]);

    private static EgressAttempt attempt(int port) {
        return new EgressAttempt(
                "r-1",
                AT,
                "http",
                "a.test",
                port,
                "GET",
                "/x",
                "1.2.3.4",
                null,
                true,
                "host-allow:a.test",
                "Because.",
                7,
                9,
                Duration.ofMillis(5),
                EgressAttempt.Outcome.FAILED,
                "it broke");
    }

    private List<Span> spans() throws IOException {
        List<Span> all = new ArrayList<>();
        for (byte[] record : spool.read(1000, Long.MAX_VALUE).records()) {
            all.addAll(ExportTraceServiceRequest.parseFrom(record)
                    .getResourceSpans(0)
                    .getScopeSpans(0)
                    .getSpansList());
        }
        return all;
    }

    @Test
    void attemptsAreSpansBelowTheExecutionAndGatherInRecords() throws IOException {
        try (SpooledEgressLog log = new SpooledEgressLog(spool, () -> new HostFacts("e-1", "box", "linux", "0.1.0"))) {
            for (int i = 1; i <= 1000; i++) {
                log.attempt(run, attempt(i));
            }
            log.ended(run, new EgressSummary(AT, 1000, 0, 0, 7000, 9000));
        }
        List<Span> spans = spans();
        assertEquals(1001, spans.size());
        Span first = spans.get(0);
        assertEquals("cordon.egress", first.getName());
        assertEquals(IDS.traceId(), HexFormat.of().formatHex(first.getTraceId().toByteArray()));
        assertEquals(
                IDS.execution(),
                HexFormat.of().formatHex(first.getParentSpanId().toByteArray()));
        assertEquals(5_000_000, first.getEndTimeUnixNano() - first.getStartTimeUnixNano());
        assertEquals("it broke", first.getStatus().getMessage());
        assertEquals(1000, spans.stream().map(Span::getSpanId).distinct().count() - 1);
        assertEquals("cordon.egress.summary", spans.get(1000).getName());
        assertEquals(true, spool.stats().records() < 1001);
    }

    @Test
    void whatCouldNotBeWrittenIsTold() throws Exception {
        try (SpooledEgressLog log = new SpooledEgressLog(spool, () -> new HostFacts("e-1", "box", "linux", "0.1.0"))) {
            spool.setFull(true);
            log.attempt(run, attempt(1));
            for (int i = 0; i < 3000 && log.dropped() == 0; i++) {
                Thread.sleep(10);
            }
            spool.setFull(false);
            log.ended(run, new EgressSummary(AT, 1, 0, 0, 7, 9));
        }
        assertEquals(
                1,
                spans().get(0).getAttributesList().stream()
                        .filter(each -> each.getKey().equals("cordon.egress.dropped"))
                        .mapToLong(each -> each.getValue().getIntValue())
                        .sum());
    }

    @Test
    void aRunKeepsItsFirstAttemptsOneByOneAndCountsTheRest() {
        int kept = 0;
        for (int i = 0; i < EgressRun.MAX_RECORDED + 5; i++) {
            kept += run.attempted(attempt(7)) ? 1 : 0;
        }
        assertEquals(EgressRun.MAX_RECORDED, kept);
    }

    @Test
    void aFloodDoesNotHideWhereElseARunWent() {
        for (int i = 0; i < EgressRun.MAX_RECORDED + 5; i++) {
            run.attempted(attempt(7));
        }
        assertTrue(run.attempted(attempt(8)), "an allowed way that is new");
        assertFalse(run.attempted(attempt(8)));
        int kept = 2;
        for (int port = 10; port < 60_000; port++) {
            kept += run.attempted(attempt(port)) ? 1 : 0;
        }
        assertEquals(EgressRun.MAX_WAYS, kept);
    }
}
