package io.cordon.server.investigation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.cordon.server.audit.AuditEvent;
import io.cordon.server.audit.AuditLog;
import io.cordon.server.enrollment.TestEndpoint;
import io.cordon.server.telemetry.Spans;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an endpoint's upload to what an analyst sees. */
@QuarkusTest
class InvestigationTest {
    @Inject
    TestServer server;

    @Inject
    AuditLog audit;

    private final String trace = Spans.newTraceId();
    private final String session = "session/" + UUID.randomUUID();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static TestEndpoint.Enrolled endpoint;

    @BeforeEach
    void enroll() {
        if (endpoint == null) {
            endpoint = TestEndpoint.enrolled(server, "investigated-" + UUID.randomUUID(), "engineering");
        }
    }

    private void upload(Resource resource, Span.Builder... spans) {
        TestClient.Answer answer = endpoint.client()
                .post("/v1/traces", Spans.request(resource, spans).toByteArray(), "application/x-protobuf");
        assertEquals(200, answer.status(), answer.text());
    }

    private JsonNode get(Role role, String path) {
        TestClient.Answer answer = server.as(role).get("/admin/v1/" + path);
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private JsonNode onlySession(Role role) {
        JsonNode page = get(role, "sessions?q=" + session);
        assertEquals(1, page.path("items").size(), page.toString());
        return page.at("/items/0");
    }

    @Test
    void aRunIsFoundFromTheListToTheTrace() {
        upload(
                Spans.attested(),
                Spans.run(trace, session, "deny", now, "curl", "https://example.com/a b")
                        .addAttributes(Spans.text("gen_ai.tool.call.id", "call-1"))
                        .addAttributes(Spans.text("cordon.stated_reason", "to download"))
                        .addAttributes(Spans.text("cordon.outcome", "denied")));
        JsonNode summary = onlySession(Role.ANALYST);
        assertEquals(1, summary.path("runs").asInt());
        assertEquals(1, summary.path("denied").asInt());
        assertEquals(session, summary.path("name").asText());
        assertEquals("dev", summary.path("user").asText());
        assertTrue(summary.path("agent").isNull());
        JsonNode run =
                get(Role.ANALYST, "sessions/" + summary.path("id").asText()).at("/runs/0");
        assertEquals(trace, run.path("traceId").asText());
        assertEquals(summary.path("id"), run.path("sessionId"));
        assertEquals("deny", run.path("decision").asText());
        assertEquals("default", run.path("rule").asText());
        assertEquals("curl 'https://example.com/a b'", run.path("command").asText());
        assertEquals("call-1", run.path("toolCallId").asText());
        assertEquals("to download", run.path("statedReason").asText());
        assertEquals("/home/dev/work", run.path("workingDirectory").asText());
        assertEquals(3, run.path("policyVersion").asInt());
        assertEquals(1000.0, run.path("durationMs").asDouble());
        assertTrue(run.path("exitCode").isNull());
        assertTrue(run.path("attested").asBoolean());
        assertEquals(now, Instant.parse(run.path("startedAt").asText()));
        JsonNode found = get(Role.ANALYST, "traces/" + trace);
        assertEquals(summary.path("id"), found.path("sessionId"));
        assertEquals(
                "https://example.com/a b",
                found.at("/spans/0/content")
                        .path("process.command_args")
                        .path(1)
                        .asText());
    }

    @Test
    void aSessionIsFoundByTheNameThatTheEndpointGaveIt() {
        upload(Spans.attested(), Spans.run(trace, session, "allow", now, "ls"));
        assertEquals(
                trace,
                get(Role.VIEWER, "sessions/" + session).at("/runs/0/traceId").asText());
    }

    @Test
    void attestedAndSelfReportedSpansAreToldApart() {
        upload(Spans.attested(), Spans.run(trace, session, "allow", now, "ls"));
        upload(
                Spans.selfReported("codex_exec"),
                Spans.run(trace, session, "allow", now.plusSeconds(1), "rm", "-rf", "/"));
        JsonNode spans = get(Role.ANALYST, "traces/" + trace).path("spans");
        assertEquals(2, spans.size());
        assertTrue(spans.at("/0/attested").asBoolean());
        assertFalse(spans.at("/1/attested").asBoolean());
        JsonNode runs = get(Role.ANALYST, "sessions/" + session).path("runs");
        assertEquals(1, runs.size(), runs.toString());
        assertEquals("codex_exec", onlySession(Role.ANALYST).path("agent").asText());
    }

    private LogRecord event(String kind, Instant at, KeyValue... attributes) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(Spans.nanos(at))
                .setEventName("cordon.agent." + kind)
                .addAttributes(Spans.text("cordon.session.id", session))
                .addAttributes(Spans.text("cordon.agent.name", "codex"))
                .addAllAttributes(List.of(attributes))
                .build();
    }

    private void uploadEvents(LogRecord... events) {
        Resource resource = Spans.selfReported("codex").toBuilder()
                .addAttributes(Spans.text("cordon.provenance", "self-reported"))
                .addAttributes(Spans.text("cordon.sender.executable", "/usr/bin/codex"))
                .build();
        TestClient.Answer answer = endpoint.client()
                .post("/v1/logs", Spans.request(resource, List.of(events)).toByteArray(), "application/x-protobuf");
        assertEquals(200, answer.status(), answer.text());
    }

    @Test
    void promptCallDecisionAndRunAreOneSessionInOrder() {
        uploadEvents(
                event("prompt", now, Spans.text("gen_ai.prompt", "fix the test")),
                event("tool-call", now.plusMillis(10), Spans.text("gen_ai.tool.call.id", "call_1")),
                event(
                        "decision",
                        now.plusMillis(20),
                        Spans.text("gen_ai.tool.call.id", "call_1"),
                        Spans.text("cordon.agent.decision", "approved"),
                        Spans.text("cordon.join", "tool-call"),
                        Spans.text("cordon.run.id", "run-1")));
        upload(
                Spans.attested(),
                Spans.run(trace, session, "deny", now.plusMillis(30), "curl", "example.com")
                        .addAttributes(Spans.text("gen_ai.tool.call.id", "call_1")));
        JsonNode found = get(Role.ANALYST, "sessions/" + session);
        assertEquals("codex", found.path("agent").asText());
        JsonNode events = found.path("events");
        assertEquals(3, events.size(), events.toString());
        assertEquals(
                List.of("prompt", "tool-call", "decision"),
                List.of(
                        events.at("/0/kind").asText(),
                        events.at("/1/kind").asText(),
                        events.at("/2/kind").asText()));
        assertEquals("fix the test", events.at("/0/text").asText());
        assertEquals("approved", events.at("/2/decision").asText());
        assertEquals("tool-call", events.at("/2/join").asText());
        assertEquals("run-1", events.at("/2/runId").asText());
        assertEquals("none", events.at("/0/join").asText());
        assertEquals("/usr/bin/codex", events.at("/0/sender").asText());
        events.forEach(each -> assertFalse(each.path("attested").asBoolean(), each.toString()));
        assertEquals(1, found.path("runs").size());
        assertTrue(found.at("/runs/0/attested").asBoolean());
    }

    private LogRecord answer(Instant at, String user, String decision, String rule) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(Spans.nanos(at))
                .setEventName("cordon.hook.decision")
                .addAttributes(Spans.text("cordon.session.id", session))
                .addAttributes(Spans.text("cordon.agent.name", "codex"))
                .addAttributes(Spans.text("user.name", user))
                .addAttributes(Spans.text("cordon.hook.decision", decision))
                .addAttributes(Spans.text("cordon.policy.rule", rule))
                .addAttributes(Spans.text("cordon.reason", "Hooks stay."))
                .build();
    }

    private void uploadAnswers(LogRecord... answers) {
        byte[] request = Spans.request(Spans.attested(), List.of(answers)).toByteArray();
        assertEquals(
                200,
                endpoint.client()
                        .post("/v1/logs", request, "application/x-protobuf")
                        .status());
    }

    @Test
    void whatCordonAnswersAHookIsAttestedAndItsRefusalCounts() {
        LogRecord refused = answer(now, "anna", "deny", "no-hooks");
        uploadAnswers(refused);
        uploadAnswers(refused);
        JsonNode found = get(Role.ANALYST, "sessions/" + session);
        assertEquals(1, found.path("denied").asInt(), found.toString());
        JsonNode event = found.at("/events/0");
        assertEquals("decision", event.path("kind").asText());
        assertEquals("deny", event.path("decision").asText());
        assertEquals("no-hooks", event.path("rule").asText());
        assertEquals("Hooks stay.", event.path("reason").asText());
        assertTrue(event.path("attested").asBoolean());
    }

    @Test
    void anAgentThatClaimsToBeAttestedIsNot() {
        uploadEvents(event(
                "decision", now, Spans.flag("cordon.attested", true), Spans.text("cordon.provenance", "attested")));
        JsonNode found = get(Role.ANALYST, "sessions/" + session).at("/events/0");
        assertFalse(found.path("attested").asBoolean(), found.toString());
    }

    @Test
    void i8_theWordsOfEventsAreContent() {
        uploadEvents(event("prompt", now, Spans.text("gen_ai.prompt", "fix the test")));
        assertTrue(get(Role.VIEWER, "sessions/" + session).at("/events/0/text").isNull());
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "APPROVER"})
    void i8_withoutThePermissionThereIsNoContentAnywhere(Role role) {
        String secret = "secret-" + UUID.randomUUID();
        Span.Builder run = Spans.run(trace, session, "allow", now, "deploy", secret);
        run.addEvents(Span.Event.newBuilder()
                .setName("gen_ai.client.inference.operation.details")
                .setTimeUnixNano(Spans.nanos(now))
                .addAttributes(Spans.text("gen_ai.input.messages", secret)));
        run.addEvents(exec(secret));
        run.setStatus(io.opentelemetry.proto.trace.v1.Status.newBuilder().setMessage(secret));
        upload(Spans.attested(), run);
        long before = audit.head().sequence();
        for (String path : List.of(
                "sessions?q=" + session,
                "sessions/" + session,
                "traces/" + trace,
                "endpoints/" + endpoint.id() + "/runs?limit=200")) {
            assertFalse(get(role, path).toString().contains(secret), path);
        }
        assertTrue(get(role, "traces/" + trace).at("/spans/0/content").isNull());
        assertTrue(get(role, "sessions/" + session).at("/runs/0/command").isNull());
        assertEquals(before, audit.head().sequence(), "nothing was read, so nothing is audited");
    }

    private Span.Event.Builder exec(String argument) {
        return Span.Event.newBuilder()
                .setName("process.exec")
                .setTimeUnixNano(Spans.nanos(now))
                .addAttributes(Spans.text("process.executable.path", "/usr/bin/curl"))
                .addAttributes(Spans.texts("process.command_args", "curl", argument));
    }

    @Test
    void i8_argumentsOfAProcessAreContentOfItsSpanAndTheirReadingIsAudited() {
        upload(
                Spans.attested(),
                Spans.run(trace, session, "allow", now, "make").addEvents(exec("https://example.com")));
        long before = audit.head().sequence();
        JsonNode span = get(Role.ANALYST, "traces/" + trace).at("/spans/0");
        assertEquals(
                "https://example.com",
                span.path("content")
                        .path("events.0.process.command_args")
                        .path(1)
                        .asText());
        assertEquals(
                "/usr/bin/curl",
                span.at("/events/0/attributes").path("process.executable.path").asText());
        assertFalse(span.at("/events/0/attributes").has("process.command_args"));
        assertEquals(before + 1, audit.head().sequence());
    }

    @Test
    void i8_eachReadingOfContentIsAudited() {
        upload(Spans.attested(), Spans.run(trace, session, "allow", now, "deploy", trace));
        long before = audit.head().sequence();
        get(Role.ANALYST, "sessions?q=" + session);
        assertEquals(before, audit.head().sequence(), "the list has no content");
        get(Role.ANALYST, "traces/" + trace);
        AuditEvent event = audit.before(Long.MAX_VALUE, 1).get(0).event();
        assertEquals("analyst-tester", event.actor());
        assertEquals("content.read", event.action());
        assertEquals("trace " + trace, event.subject());
        get(Role.ADMINISTRATOR, "traces/" + trace);
        String id = onlySession(Role.ANALYST).path("id").asText();
        get(Role.ADMINISTRATOR, "sessions/" + id);
        List<String> subjects = audit.before(Long.MAX_VALUE, 2).stream()
                .map(entry -> entry.event().subject())
                .toList();
        assertEquals(List.of("session " + id, "trace " + trace), subjects);
        assertEquals(before + 3, audit.head().sequence());
    }

    @Test
    void sessionsAreFilteredAndPaged() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String name = session + "-" + i;
            names.add(0, name);
            upload(
                    Spans.attested(),
                    Spans.run(Spans.newTraceId(), name, i == 2 ? "deny" : "allow", now.plusSeconds(i), "ls"));
        }
        List<String> paged = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = get(
                    Role.VIEWER,
                    "sessions?limit=2&endpoint=" + endpoint.id() + "&q=" + session
                            + (cursor == null ? "" : "&cursor=" + cursor));
            page.path("items").forEach(item -> paged.add(item.path("name").asText()));
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : page.path("nextCursor").asText();
        } while (cursor != null);
        assertEquals(names, paged);
        JsonNode denied = get(Role.VIEWER, "sessions?decision=deny&q=" + session);
        assertEquals(1, denied.path("items").size());
        assertEquals(session + "-2", denied.at("/items/0/name").asText());
        // a run lasts a second: active until a second after it began
        JsonNode late = get(Role.VIEWER, "sessions?q=" + session + "&from=" + now.plusSeconds(5));
        assertEquals(1, late.path("items").size());
        JsonNode early = get(Role.VIEWER, "sessions?q=" + session + "&to=" + now.plusSeconds(2));
        assertEquals(1, early.path("items").size());
    }

    @Test
    void runsOfAnEndpointArePagedNewestFirst() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String id = Spans.newTraceId();
            expected.add(0, id);
            upload(Spans.attested(), Spans.run(id, session, "allow", now.plusSeconds(3600 + i), "ls"));
        }
        String path = "endpoints/" + endpoint.id() + "/runs?limit=2";
        JsonNode first = get(Role.VIEWER, path);
        JsonNode second =
                get(Role.VIEWER, path + "&cursor=" + first.path("nextCursor").asText());
        assertEquals(expected.get(0), first.at("/items/0/traceId").asText());
        assertEquals(expected.get(1), first.at("/items/1/traceId").asText());
        assertEquals(expected.get(2), second.at("/items/0/traceId").asText());
        assertEquals(
                "fleet.endpoint-not-found",
                server.as(Role.VIEWER)
                        .get("/admin/v1/endpoints/" + UUID.randomUUID() + "/runs")
                        .code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sessions?decision=maybe",
                "sessions?from=yesterday",
                "sessions?endpoint=somewhere",
                "sessions?cursor=AAAA",
                "sessions?limit=0"
            })
    void aQuestionThatMakesNoSenseIsRefused(String path) {
        TestClient.Answer answer = server.as(Role.VIEWER).get("/admin/v1/" + path);
        assertEquals(400, answer.status(), answer.text());
        assertTrue(answer.code().startsWith("platform."), answer.code());
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        TestClient viewer = server.as(Role.VIEWER);
        assertEquals(
                "investigation.session-not-found",
                viewer.get("/admin/v1/sessions/" + UUID.randomUUID()).code());
        assertEquals(
                "investigation.trace-not-found",
                viewer.get("/admin/v1/traces/" + Spans.newTraceId()).code());
        assertEquals(
                "investigation.trace-not-found",
                viewer.get("/admin/v1/traces/nonsense").code());
    }

    @Test
    void whoeverIsNotSignedInSeesNothing() {
        for (String path : List.of("sessions", "sessions/x", "traces/" + trace)) {
            assertEquals(
                    "access.not-signed-in",
                    server.anonymous().get("/admin/v1/" + path).code());
        }
        assertEquals(401, endpoint.client().get("/admin/v1/sessions").status(), "a device is no administrator");
    }

    @Test
    void numbersOfQuestionsComeFromTheEventsOfHooks() {
        String user = "asked-" + UUID.randomUUID();
        uploadAnswers(
                answer(now, user, "ask", "deploy-asks"), answer(now.plusMillis(950), user, "deny", "no-force-push"));
        uploadEvents(event(
                "decision",
                now.plusMillis(900),
                Spans.text("user.name", user),
                Spans.text("cordon.policy.rule", "deploy-asks"),
                Spans.text("cordon.ask.outcome", "denied"),
                Spans.number("cordon.ask.duration_ms", 900)));
        JsonNode report = get(Role.VIEWER, "asks?user=" + user);
        assertEquals(1, report.at("/total/asked").asInt());
        assertEquals(1, report.at("/total/denied").asInt());
        assertEquals(1, report.at("/total/saidNo").asInt());
        assertEquals(900, report.at("/total/meanAnswerMs").asInt());
        assertEquals("codex", report.at("/byAgent/0/key").asText());
        assertEquals("deploy-asks", report.at("/byRule/0/label").asText());
        assertEquals("workstation-1", report.at("/byEndpoint/0/label").asText());
        assertEquals(endpoint.id().toString(), report.at("/byEndpoint/0/key").asText());
        JsonNode none = get(Role.VIEWER, "asks?user=" + user + "&agent=gemini");
        assertEquals(0, none.at("/total/asked").asInt());
        assertTrue(none.at("/total/meanAnswerMs").isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=yesterday", "endpoint=x", "from=2026-11-23T10:00:00Z&to=2026-11-23T10:00:00Z"})
    void periodsThatAreNoneAreRefused(String query) {
        assertEquals(
                "platform.invalid",
                server.as(Role.VIEWER).get("/admin/v1/asks?" + query).code());
    }
}
