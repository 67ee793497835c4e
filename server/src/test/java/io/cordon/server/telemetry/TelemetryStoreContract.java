package io.cordon.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TelemetryStore} does. Endpoints and traces are new in every test, since a store may hold others. */
abstract class TelemetryStoreContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fixed within a test, near the real time so that the test server's retention leaves the rows alone. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final UUID endpoint = UUID.randomUUID();
    private final String trace = Spans.newTraceId();

    abstract TelemetryStore store();

    private void append(Resource resource, Span.Builder... spans) {
        store().append(decode(resource, spans));
    }

    private TelemetryBatch decode(Resource resource, Span.Builder... spans) {
        return SpanDecoder.decode(Spans.request(resource, spans), endpoint, new RowTime(now, Duration.ofDays(30)))
                .batch();
    }

    /** Equal in everything; a store may write JSON with other blanks and another order of members. */
    private static void assertSame(SpanRecord expected, SpanRecord found) throws JsonProcessingException {
        assertEquals(JSON.readTree(expected.attributes()), JSON.readTree(found.attributes()));
        assertEquals(JSON.readTree(expected.events()), JSON.readTree(found.events()));
        assertEquals(withoutJson(expected), withoutJson(found));
    }

    private static SpanRecord withoutJson(SpanRecord span) {
        return new SpanRecord(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.kind(),
                span.status(),
                span.startedAt(),
                span.durationNanos(),
                span.origin(),
                span.session(),
                span.promoted(),
                "",
                span.content(),
                "");
    }

    private SessionQuery sessions() {
        return new SessionQuery(
                null, endpoint, null, null, now.minus(Duration.ofDays(20)), now.plusSeconds(3600), null, 100);
    }

    private RunQuery runs(RunQuery.Position after, int limit) {
        return new RunQuery(endpoint, null, now.minus(Duration.ofDays(20)), now.plusSeconds(3600), after, limit);
    }

    private SessionSummary onlySession() {
        List<SessionSummary> all = store().sessions(sessions());
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    @Test
    void givesASpanBackAsItWasStored() throws JsonProcessingException {
        TelemetryBatch batch = decode(Spans.attested(), Spans.run(trace, "s", "prompt", now, "git", "push"));
        store().append(batch);
        assertSame(batch.spans().get(0), store().trace(trace, 10).get(0));
    }

    @Test
    void givesASpanWithNothingOptionalBack() throws JsonProcessingException {
        TelemetryBatch batch = decode(Resource.getDefaultInstance(), Spans.span(trace, Spans.newSpanId(), "", now));
        store().append(batch);
        SpanRecord span = store().trace(trace, 10).get(0);
        assertSame(batch.spans().get(0), span);
        assertNull(span.session());
        assertNull(span.origin().hostname());
        assertEquals(Promoted.NONE, span.promoted());
    }

    @Test
    void o15_storesARepeatedSpanOnce() {
        Span.Builder run = Spans.run(trace, "s", "deny", now, "curl");
        append(Spans.attested(), run, run);
        append(Spans.attested(), run);
        assertEquals(1, store().trace(trace, 10).size());
        assertEquals(1, onlySession().runs());
        assertEquals(1, onlySession().denied());
    }

    @Test
    void i4_aSelfReportedSpanNeverReplacesAnAttestedOneOfTheSameIds() {
        Span.Builder run = Spans.run(trace, "s", "deny", now, "curl");
        append(Spans.selfReported("codex_exec"), run);
        append(Spans.attested(), run);
        append(Spans.selfReported("codex_exec"), run);
        assertEquals(
                List.of(true, false),
                store().trace(trace, 10).stream()
                        .map(span -> span.origin().attested())
                        .toList());
        assertEquals(1, store().runs(runs(null, 10)).size());
        assertEquals(1, onlySession().runs());
    }

    @Test
    void i8_keepsContentApartFromTheRow() {
        TelemetryBatch batch =
                decode(Spans.attested(), Spans.run(trace, "s", "allow", now, "git", "commit", "-m", "secret words"));
        store().append(batch);
        SpanRecord span = store().trace(trace, 10).get(0);
        assertFalse(span.attributes().contains("secret words"));
        String hash = span.content().get("process.command_args");
        assertNotNull(hash);
        byte[] content = store().contents(List.of(hash)).get(hash);
        assertNotNull(content);
        assertEquals("[\"git\",\"commit\",\"-m\",\"secret words\"]", new String(content, StandardCharsets.UTF_8));
        assertTrue(store().contents(List.of("0".repeat(64))).isEmpty());
    }

    @Test
    void ordersATraceByTime() {
        append(
                Spans.attested(),
                Spans.span(trace, "00000000000000c3", "third", now.plusMillis(2)),
                Spans.span(trace, "f0000000000000a1", "first", now),
                Spans.span(trace, "00000000000000b2", "second", now.plusMillis(1)));
        assertEquals(
                List.of("first", "second", "third"),
                store().trace(trace, 10).stream().map(SpanRecord::name).toList());
        assertEquals(2, store().trace(trace, 2).size());
    }

    @Test
    void summarisesASessionOverBatches() {
        append(Spans.attested(), Spans.run(trace, "s", "allow", now, "ls").addAttributes(Spans.number("x", 1)));
        append(Spans.attested(), Spans.run(Spans.newTraceId(), "s", "deny", now.plusSeconds(5), "curl"));
        append(
                Spans.selfReported("codex_exec"),
                Spans.span(Spans.newTraceId(), Spans.newSpanId(), "turn", now.minusSeconds(5))
                        .addAttributes(Spans.text("conversation.id", "s"))
                        .addAttributes(Spans.text("user.name", "somebody else")));
        SessionSummary session = onlySession();
        assertEquals("s", session.session().reported());
        assertEquals(2, session.runs());
        assertEquals(1, session.denied());
        assertEquals("codex_exec", session.agent());
        assertEquals("dev", session.user());
        assertEquals("workstation-1", session.hostname());
        assertEquals(now.minusSeconds(5), session.startedAt());
        assertEquals(now.plusSeconds(6), session.lastAt());
        assertEquals(session, store().session(session.session().key()).orElseThrow());
    }

    @Test
    void anAttestedUserReplacesASelfReportedOne() {
        append(
                Spans.selfReported("codex_exec"),
                Spans.span(trace, Spans.newSpanId(), "turn", now)
                        .addAttributes(Spans.text("session.id", "s"))
                        .addAttributes(Spans.text("user.name", "root")));
        assertEquals("root", onlySession().user());
        append(Spans.attested(), Spans.run(trace, "s", "allow", now, "ls"));
        assertEquals("dev", onlySession().user());
    }

    @Test
    void countsAFailureOfALetThroughRun() {
        append(
                Spans.attested(),
                Spans.run(trace, "s", "allow", now, "false").addAttributes(Spans.number("process.exit.code", 1)));
        assertEquals(1, onlySession().failed());
    }

    @Test
    void theSameSessionIdOfTwoEndpointsIsTwoSessions() {
        append(Spans.attested(), Spans.run(trace, "same", "allow", now, "ls"));
        SessionRef elsewhere = SessionRef.of(UUID.randomUUID(), "same");
        assertTrue(store().session(elsewhere.key()).isEmpty());
        assertTrue(store().session(SessionRef.of(endpoint, "same").key()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NEEDLE", "dev", "station-1"})
    void findsSessionsByTextIgnoringCase(String text) {
        append(Spans.attested(), Spans.run(trace, "a-needle_b", "allow", now, "ls"));
        assertEquals(1, store().sessions(with(text, null, null)).size());
        assertTrue(store().sessions(with(text + "%", null, null)).isEmpty());
    }

    @Test
    void takesWildcardsOfTheDatabaseLiterally() {
        append(Spans.attested(), Spans.run(trace, "axb", "allow", now, "ls"));
        assertTrue(store().sessions(with("a_b", null, null)).isEmpty());
        assertTrue(store().sessions(with("a\\", null, null)).isEmpty());
    }

    @Test
    void findsSessionsByDecisionAndUser() {
        append(Spans.attested(), Spans.run(trace, "s", "deny", now, "curl"));
        assertEquals(1, store().sessions(with(null, "dev", "deny")).size());
        assertTrue(store().sessions(with(null, "dev", "allow")).isEmpty());
        assertTrue(store().sessions(with(null, "dev", "prompt")).isEmpty());
        assertTrue(store().sessions(with(null, "root", "deny")).isEmpty());
        append(Spans.attested(), Spans.run(Spans.newTraceId(), "s", "allow", now, "ls"));
        assertEquals(1, store().sessions(with(null, null, "allow")).size());
    }

    private SessionQuery with(String text, String user, String decision) {
        SessionQuery all = sessions();
        return new SessionQuery(text, endpoint, user, decision, all.from(), all.to(), null, 100);
    }

    @Test
    void pagesSessionsWithoutGapOrRepetition() {
        for (int i = 0; i < 7; i++) {
            // two at a time are active at the same moment: the key breaks the tie
            append(Spans.attested(), Spans.run(Spans.newTraceId(), "s" + i, "allow", now.minusSeconds(i / 2), "ls"));
        }
        List<SessionSummary> whole = store().sessions(sessions());
        List<SessionSummary> paged = new ArrayList<>();
        SessionQuery.Position after = null;
        while (true) {
            SessionQuery all = sessions();
            List<SessionSummary> page =
                    store().sessions(new SessionQuery(null, endpoint, null, null, all.from(), all.to(), after, 3));
            if (page.isEmpty()) {
                break;
            }
            paged.addAll(page);
            SessionSummary last = page.get(page.size() - 1);
            after = new SessionQuery.Position(last.lastAt(), last.session().key());
        }
        assertEquals(7, whole.size());
        assertEquals(whole, paged);
    }

    @Test
    void pagesRunsNewestFirstOverDaysAndTies() {
        for (int day = 0; day < 3; day++) {
            Instant at = now.minus(Duration.ofDays(day));
            append(
                    Spans.attested(),
                    Spans.run(Spans.newTraceId(), "s", "allow", at, "ls"),
                    Spans.run(Spans.newTraceId(), "s", "allow", at, "ls"));
        }
        List<SpanRecord> whole = store().runs(runs(null, 100));
        List<SpanRecord> paged = new ArrayList<>();
        RunQuery.Position after = null;
        while (true) {
            List<SpanRecord> page = store().runs(runs(after, 1));
            if (page.isEmpty()) {
                break;
            }
            paged.addAll(page);
            after = new RunQuery.Position(page.get(0).startedAt(), page.get(0).spanId());
        }
        assertEquals(6, whole.size());
        assertEquals(whole, paged);
        assertFalse(whole.get(0).startedAt().isBefore(whole.get(5).startedAt()));
        UUID key = SessionRef.of(endpoint, "s").key();
        assertEquals(
                whole,
                store().runs(new RunQuery(null, key, now.minus(Duration.ofDays(20)), now.plusSeconds(1), null, 100)));
    }

    @Test
    void storesARepeatedLogRecordOnce() {
        LogRecord log = LogRecord.newBuilder()
                .setTimeUnixNano(Spans.nanos(now))
                .addAttributes(Spans.text("session.id", "logs only"))
                .addAttributes(Spans.text("event.name", "user_prompt"))
                .addAttributes(Spans.text("prompt", "make it so"))
                .build();
        TelemetryBatch batch = LogDecoder.decode(
                        Spans.request(Spans.selfReported("claude-code"), List.of(log, log)),
                        endpoint,
                        new RowTime(now, Duration.ofDays(30)))
                .batch();
        store().append(batch);
        store().append(batch);
        SessionSummary session = onlySession();
        assertEquals("claude-code", session.agent());
        assertEquals(0, session.runs());
        String hash = batch.logs().get(0).content().get("prompt");
        assertNotNull(hash);
        assertEquals(1, store().contents(List.of(hash)).size());
    }

    @Test
    void storesTextThatADatabaseCouldRefuse() {
        append(
                Spans.attested(),
                Spans.span(trace, Spans.newSpanId(), "nul\0name", now)
                        .addAttributes(Spans.text("nul\0key", "nul\0value"))
                        .addAttributes(Spans.text("quote", "\"\\\u2028\uD83D\uDE00"))
                        .addAttributes(Spans.text("long", "x".repeat(100_000))));
        SpanRecord span = store().trace(trace, 10).get(0);
        assertEquals("nul\uFFFDname", span.name());
        assertTrue(span.attributes().contains("nul\uFFFDvalue"));
        assertTrue(span.content().containsKey("long"));
    }

    private LogRecord event(String name, String session, Instant at) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(Spans.nanos(at))
                .setTraceId(Spans.id(trace))
                .setSpanId(Spans.id("00f067aa0ba902b7"))
                .setEventName(name)
                .setSeverityNumberValue(9)
                .addAttributes(Spans.text("cordon.session.id", session))
                .addAttributes(Spans.text("gen_ai.tool.call.id", "call_1"))
                .addAttributes(Spans.text("cordon.join", "tool-call"))
                .addAttributes(Spans.text("gen_ai.tool.call.arguments", "{\"cmd\":\"ls\"}"))
                .build();
    }

    private List<LogEntry> decodeLogs(Resource resource, LogRecord... logs) {
        TelemetryBatch batch = LogDecoder.decode(
                        Spans.request(resource, List.of(logs)), endpoint, new RowTime(now, Duration.ofDays(30)))
                .batch();
        store().append(batch);
        return batch.logs();
    }

    @Test
    void logsOfASessionNewestFirst() throws JsonProcessingException {
        List<LogEntry> stored = decodeLogs(
                Spans.selfReported("codex"),
                event("cordon.agent.prompt", "one", now),
                event("cordon.agent.tool-call", "one", now.plusSeconds(1)),
                event("cordon.agent.tool-result", "one", now.plusSeconds(2)),
                event("cordon.agent.prompt", "other", now));
        UUID key = SessionRef.of(endpoint, "one").key();
        List<LogEntry> found = store().logs(new LogQuery(key, now, now.plusSeconds(2), 10));
        assertEquals(
                List.of("cordon.agent.tool-call", "cordon.agent.prompt"),
                found.stream().map(LogEntry::eventName).toList());
        LogEntry expected = stored.get(1);
        LogEntry call = found.get(0);
        assertEquals(JSON.readTree(expected.attributes()), JSON.readTree(call.attributes()));
        assertEquals(withoutJson(expected), withoutJson(call));
        assertEquals(
                1, store().logs(new LogQuery(key, now, now.plusSeconds(9), 1)).size());
    }

    private static LogEntry withoutJson(LogEntry log) {
        return new LogEntry(
                log.at(),
                log.hash(),
                log.traceId(),
                log.spanId(),
                log.severity(),
                log.eventName(),
                log.origin(),
                log.session(),
                log.promoted(),
                "",
                log.content());
    }

    private Span.Builder egress(String run, String decision, int number) {
        return Spans.run(trace, "s", "allow", now, "x")
                .setSpanId(ByteString.copyFrom(new byte[] {7, 7, 7, 7, 7, 7, 7, (byte) number}))
                .setName("cordon.egress")
                .setStartTimeUnixNano(Spans.nanos(now.plusMillis(number)))
                .setEndTimeUnixNano(Spans.nanos(now.plusMillis(number + 1)))
                .clearAttributes()
                .addAttributes(Spans.text("cordon.run.id", run))
                .addAttributes(Spans.text("cordon.decision", decision));
    }

    @Test
    void countsTheConnectionsThatWereRefusedToARun() {
        append(Spans.attested(), Spans.run(trace, "s", "allow", now, "curl"));
        List<SpanRecord> runs =
                store().runs(new RunQuery(endpoint, null, now.minusSeconds(1), now.plusSeconds(1), null, 10));
        assertEquals(Map.of(), store().refusedConnections(runs));
        String run = Objects.requireNonNull(runs.get(0).promoted().runId());
        append(Spans.attested(), egress(run, "deny", 1));
        append(Spans.attested(), egress(run, "deny", 2));
        append(Spans.attested(), egress(run, "allow", 3));
        append(Spans.attested(), egress("another", "deny", 4));
        append(Spans.selfReported("codex"), egress(run, "deny", 5));
        assertEquals(Map.of(run, 2L), store().refusedConnections(runs));
        assertEquals(Map.of(), store().refusedConnections(List.of()));
    }

    @Test
    void whatACodingAgentSaysIsNeverAttested() {
        // even where the endpoint's service were made to send it as its own
        decodeLogs(
                Spans.attested(),
                event("cordon.agent.decision", "one", now),
                event("cordon.gateway.filtered", "one", now.plusSeconds(1)));
        List<LogEntry> found =
                store().logs(new LogQuery(SessionRef.of(endpoint, "one").key(), now, now.plusSeconds(9), 10));
        assertTrue(found.get(0).origin().attested());
        assertFalse(found.get(1).origin().attested());
    }

    @Test
    void removesWholeDaysOfRowsAndUnusedContent() {
        Instant old = now.minus(Duration.ofDays(10));
        String oldTrace = Spans.newTraceId();
        String marker = UUID.randomUUID().toString();
        append(Spans.attested(), Spans.run(oldTrace, "old", "allow", old, "echo", marker));
        append(Spans.attested(), Spans.run(trace, "new", "allow", now, "ls", marker + "-new"));
        String oldHash = store().trace(oldTrace, 1).get(0).content().get("process.command_args");
        String newHash = store().trace(trace, 1).get(0).content().get("process.command_args");
        assertNotNull(oldHash);
        assertNotNull(newHash);
        Instant before = now.minus(Duration.ofDays(9));
        store().removeBefore(before, before);
        assertTrue(store().trace(oldTrace, 1).isEmpty());
        assertEquals(1, store().trace(trace, 1).size());
        assertEquals("new", onlySession().session().reported());
        assertTrue(store().contents(List.of(oldHash)).isEmpty());
        assertEquals(1, store().contents(List.of(newHash)).size());
        // the removed day can be written again
        append(Spans.attested(), Spans.run(oldTrace, "old", "allow", old, "echo", marker));
        assertEquals(1, store().trace(oldTrace, 1).size());
    }

    private LogRecord asked(
            Instant at, String agent, String user, String rule, String decision, String outcome, long ms) {
        LogRecord.Builder record = LogRecord.newBuilder()
                .setTimeUnixNano(Spans.nanos(at))
                .setEventName(decision.isEmpty() ? "cordon.agent.decision" : "cordon.hook.decision")
                .addAttributes(Spans.text("cordon.agent.name", agent))
                .addAttributes(Spans.text("user.name", user))
                .addAttributes(Spans.text("cordon.policy.rule", rule));
        if (!decision.isEmpty()) {
            record.addAttributes(Spans.text("cordon.hook.decision", decision));
        }
        if (!outcome.isEmpty()) {
            record.addAttributes(Spans.text("cordon.ask.outcome", outcome))
                    .addAttributes(Spans.number("cordon.ask.duration_ms", ms));
        }
        return record.build();
    }

    @Test
    void aDecisionThatAnAgentClaimsForCordonIsNotCounted() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(9));
        LogRecord claimed = asked(hour, "codex", "anna", "default", "allow", "", 0).toBuilder()
                .setEventName("cordon.agent.decision")
                .build();
        store().append(LogDecoder.decode(
                        Spans.request(Spans.attested(), List.of(claimed)),
                        endpoint,
                        new RowTime(now, Duration.ofDays(30)))
                .batch());
        assertEquals(List.of(), asks(AskQuery.By.AGENT, hour, hour.plus(Duration.ofHours(1))));
    }

    private List<AskQuery.Group> asks(AskQuery.By by, Instant from, Instant to) {
        return store().asks(new AskQuery(from, to, endpoint, null, null, by, 10));
    }

    @Test
    void countsWhatHooksDecidedAndAsked() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
        List<LogRecord> records = List.of(
                asked(hour, "codex", "anna", "default", "allow", "", 0),
                asked(hour.plusSeconds(1), "codex", "anna", "no-push", "deny", "", 0),
                asked(hour.plusSeconds(2), "codex", "anna", "deploy", "ask", "", 0),
                asked(hour.plusSeconds(3), "codex", "anna", "deploy", "", "allowed", 4000),
                asked(hour.plusSeconds(4), "gemini", "boris", "deploy", "ask", "denied", 1000),
                asked(hour.plusSeconds(5), "codex", "anna", "deploy", "ask", "remembered", 0),
                asked(hour.plusSeconds(6), "codex", "anna", "deploy", "ask", "unanswered", 60_000),
                asked(hour.plus(Duration.ofHours(2)), "codex", "anna", "deploy", "ask", "allowed", -5));
        TelemetryBatch batch = LogDecoder.decode(
                        Spans.request(Spans.attested(), records), endpoint, new RowTime(now, Duration.ofDays(30)))
                .batch();
        store().append(batch);
        store().append(batch);

        AskNumbers all = new AskNumbers(1, 1, 4, 2, 1, 1, 1, 2, 5000);
        assertEquals(
                List.of(new AskQuery.Group("", "", all)),
                asks(AskQuery.By.NOTHING, hour, hour.plus(Duration.ofHours(3))));
        assertEquals(
                List.of("codex 3", "gemini 1"), counts(asks(AskQuery.By.AGENT, hour, hour.plus(Duration.ofHours(3)))));
        assertEquals(
                List.of("anna 3", "boris 1"), counts(asks(AskQuery.By.USER, hour, hour.plus(Duration.ofHours(3)))));
        assertEquals(
                List.of("deploy 4", "default 0", "no-push 0"),
                counts(asks(AskQuery.By.RULE, hour, hour.plus(Duration.ofHours(3)))));
        assertEquals(
                List.of(new AskQuery.Group(endpoint.toString(), "workstation-1", all)),
                asks(AskQuery.By.ENDPOINT, hour, hour.plus(Duration.ofHours(3))));
        // by the hour: the whole hour in which the period begins and ends
        assertEquals(
                3,
                asks(AskQuery.By.NOTHING, hour.plusSeconds(60), hour.plusSeconds(120))
                        .get(0)
                        .numbers()
                        .asked());
        assertEquals(
                List.of(new AskQuery.Group("", "", AskNumbers.NONE)),
                asks(AskQuery.By.NOTHING, hour.minus(Duration.ofHours(2)), hour));
    }

    private static List<String> counts(List<AskQuery.Group> groups) {
        return groups.stream()
                .map(group -> group.label() + " " + group.numbers().asked())
                .toList();
    }

    @Test
    void narrowsAsksToAUserOrAnAgent() {
        store().append(LogDecoder.decode(
                        Spans.request(
                                Spans.attested(),
                                List.of(
                                        asked(now, "codex", "anna", "r", "ask", "", 0),
                                        asked(now, "gemini", "anna", "r", "ask", "", 0),
                                        asked(now, "gemini", "boris", "r", "ask", "", 0))),
                        endpoint,
                        new RowTime(now, Duration.ofDays(30)))
                .batch());
        assertEquals(2, asked("anna", null));
        assertEquals(2, asked(null, "gemini"));
        assertEquals(1, asked("anna", "gemini"));
        assertEquals(0, asked("nobody", null));
    }

    private long asked(
            @org.jspecify.annotations.Nullable String user, @org.jspecify.annotations.Nullable String agent) {
        return store().asks(new AskQuery(now, now.plusSeconds(1), endpoint, user, agent, AskQuery.By.NOTHING, 1))
                .get(0)
                .numbers()
                .asked();
    }

    @Test
    void forgetsAsksWithTheRecords() {
        Instant old = now.minus(Duration.ofDays(20));
        store().append(LogDecoder.decode(
                        Spans.request(Spans.attested(), List.of(asked(old, "codex", "anna", "r", "ask", "", 0))),
                        endpoint,
                        new RowTime(now, Duration.ofDays(30)))
                .batch());
        assertEquals(1, asks(AskQuery.By.NOTHING, old, now).get(0).numbers().asked());
        store().removeBefore(old.plus(Duration.ofDays(1)), Instant.EPOCH);
        assertEquals(0, asks(AskQuery.By.NOTHING, old, now).get(0).numbers().asked());
    }
}
