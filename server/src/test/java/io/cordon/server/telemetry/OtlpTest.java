package io.cordon.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.access.Role;
import io.cordon.server.enrollment.TestEndpoint;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The receiver from outside: the checklist O1 to O17 over real mutual TLS. */
@QuarkusTest
class OtlpTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    @Inject
    TestServer server;

    @Inject
    TelemetryStore store;

    @Inject
    DataSource database;

    private final String trace = Spans.newTraceId();
    private final Instant now = Instant.now();

    private static TestEndpoint.Enrolled endpoint;

    @BeforeEach
    void enroll() {
        if (endpoint == null) {
            endpoint = TestEndpoint.enrolled(server, "otlp-" + UUID.randomUUID(), "engineering");
        }
    }

    private ExportTraceServiceRequest request() {
        return Spans.request(Spans.attested(), Spans.run(trace, "s", "allow", now, "ls", "-l"));
    }

    private TestClient.Answer traces(byte[] body, String contentType) {
        return endpoint.client().post("/v1/traces", body, contentType);
    }

    private TestClient.Answer gzipped(byte[] body, String contentType) {
        return endpoint.client().with("Content-Encoding", "gzip").post("/v1/traces", body, contentType);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private int stored() {
        return store.trace(trace, 100).size();
    }

    private static UnknownFieldSet status(TestClient.Answer answer) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(answer.bytes());
    }

    private static long code(TestClient.Answer answer) throws InvalidProtocolBufferException {
        return status(answer).getField(1).getVarintList().get(0);
    }

    private static String message(TestClient.Answer answer) throws InvalidProtocolBufferException {
        return status(answer).getField(2).getLengthDelimitedList().get(0).toStringUtf8();
    }

    @Test
    void o1_o5_storesProtobufPlainAndGzippedAndAnswersWithNothing() {
        for (TestClient.Answer answer : List.of(
                traces(request().toByteArray(), PROTOBUF),
                gzipped(gzip(request().toByteArray()), PROTOBUF))) {
            assertEquals(200, answer.status(), answer.text());
            assertEquals(PROTOBUF, answer.header("Content-Type"));
            assertEquals(0, answer.bytes().length);
        }
        assertEquals(endpoint.id(), store.trace(trace, 10).get(0).origin().endpointId());
    }

    @Test
    void o3_o5_storesJsonAndAnswersWithAnEmptyObject() {
        TestClient.Answer answer = traces(json(trace, "00f067aa0ba902b7").getBytes(StandardCharsets.UTF_8), JSON);
        assertEquals(200, answer.status(), answer.text());
        assertEquals(JSON, answer.header("Content-Type"));
        assertEquals("{}", answer.text());
        SpanRecord span = store.trace(trace, 10).get(0);
        assertEquals("00f067aa0ba902b7", span.spanId());
        assertEquals("json", span.name());
        assertEquals(2, span.kind());
    }

    /** Every leniency of OTLP's JSON at once: a 64-bit integer as text, one as number, an unknown field, a null. */
    private String json(String traceId, String spanId) {
        return """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"codex_exec"}}]},
                "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","name":"json","kind":2,"newField":{"x":[1]},
                "startTimeUnixNano":"%d","endTimeUnixNano":%d,"status":null,
                "attributes":[{"key":"traceId","value":{"stringValue":"not hex"}},{"key":"n","value":{"intValue":"7"}}]}]}]}]}
                """.formatted(traceId, spanId, Spans.nanos(now), Spans.nanos(now) + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upper-case ids | 4BF92F3577B34DA6A3CE929D0E0E4736 | 00F067AA0BA902B7 | 0",
                "base64 ids | S/kvNXezTaajzpKdDg5HNg== | APBnqgupArc= | 1",
                "short ids | 4bf9 | 00f0 | 1",
                "no hexadecimal | zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz | 00f067aa0ba902b7 | 1",
                "an odd digit | 4bf92f3577b34da6a3ce929d0e0e473 | 00f067aa0ba902b7 | 1",
                "zero trace | 00000000000000000000000000000000 | 00f067aa0ba902b7 | 1",
                "zero span | 4bf92f3577b34da6a3ce929d0e0e4736 | 0000000000000000 | 1",
            })
    void o16_o17_countsBadIdsOfJsonInsteadOfFailing(String what, String traceId, String spanId, int rejected) {
        TestClient.Answer answer = traces(json(traceId, spanId).getBytes(StandardCharsets.UTF_8), JSON);
        assertEquals(200, answer.status(), what + answer.text());
        assertEquals(rejected, answer.json().at("/partialSuccess/rejectedSpans").asInt(), what + answer.text());
    }

    @Test
    void o16_takesSnakeCaseAndNamedEnumerations() {
        String body = json(trace, "00f067aa0ba902b7")
                .replace("resourceSpans", "resource_spans")
                .replace("traceId\":\"" + trace, "trace_id\":\"" + trace)
                .replace("\"kind\":2", "\"kind\":\"SPAN_KIND_SERVER\"");
        assertEquals(200, traces(body.getBytes(StandardCharsets.UTF_8), JSON).status());
        assertEquals(2, store.trace(trace, 1).get(0).kind());
    }

    @Test
    void o6_keepsTheGoodAndCountsTheBad() throws InvalidProtocolBufferException {
        ExportTraceServiceRequest mixed = Spans.request(
                Spans.attested(),
                Spans.span(trace, Spans.newSpanId(), "good", now),
                Spans.span(trace, Spans.newSpanId(), "no trace", now).setTraceId(ByteString.EMPTY),
                Spans.span(trace, Spans.newSpanId(), "short span", now).setSpanId(ByteString.copyFrom(new byte[7])),
                Spans.span(trace, Spans.newSpanId(), "odd parent", now)
                        .setParentSpanId(ByteString.copyFrom(new byte[] {1})),
                Spans.span(trace, Spans.newSpanId(), "zero parent", now)
                        .setParentSpanId(ByteString.copyFrom(new byte[8])));
        TestClient.Answer answer = traces(mixed.toByteArray(), PROTOBUF);
        assertEquals(200, answer.status());
        ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(answer.bytes());
        assertEquals(3, response.getPartialSuccess().getRejectedSpans());
        assertTrue(response.getPartialSuccess().getErrorMessage().startsWith("trace_id: "));
        assertEquals(2, stored());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/traces", "/v1/logs"})
    void o8_anEmptyRequestSucceeds(String path) {
        assertEquals(200, endpoint.client().post(path, new byte[0], PROTOBUF).status());
        TestClient.Answer json = endpoint.client().post(path, "{}".getBytes(StandardCharsets.UTF_8), JSON);
        assertEquals(200, json.status());
        assertEquals("{}", json.text());
    }

    @Test
    void o4_o11_answersWhatCannotBeDecodedInItsOwnEncoding() throws InvalidProtocolBufferException {
        TestClient.Answer protobuf = traces("not protobuf".getBytes(StandardCharsets.UTF_8), PROTOBUF);
        assertEquals(400, protobuf.status());
        assertEquals(PROTOBUF, protobuf.header("Content-Type"));
        assertEquals(3, code(protobuf));
        assertTrue(message(protobuf).startsWith("body: not an OTLP export request"));
        String detail =
                status(protobuf).getField(3).getLengthDelimitedList().get(0).toStringUtf8();
        assertTrue(detail.contains("type.googleapis.com/google.rpc.BadRequest"), detail);
        for (String body :
                List.of("{", "[]", "", "{\"resourceSpans\": 7}", "{\"resourceSpans\":[{\"scopeSpans\":{}}]} x")) {
            TestClient.Answer json = traces(body.getBytes(StandardCharsets.UTF_8), "application/json; charset=utf-8");
            assertEquals(400, json.status(), body);
            assertEquals(JSON, json.header("Content-Type"));
            assertEquals(3, json.json().path("code").asInt());
        }
    }

    @Test
    void aDeeplyNestedValueIsRefusedAndNotFollowed() {
        StringBuilder deep = new StringBuilder("{\"resourceSpans\":");
        deep.append("[".repeat(100_000));
        assertEquals(
                400,
                traces(deep.toString().getBytes(StandardCharsets.UTF_8), JSON).status());
    }

    @Test
    void aTruncatedGzipIsUndecodable() throws InvalidProtocolBufferException {
        byte[] whole = gzip(request().toByteArray());
        TestClient.Answer answer = gzipped(Arrays.copyOf(whole, whole.length - 9), PROTOBUF);
        assertEquals(400, answer.status());
        assertEquals(3, code(answer));
        assertEquals(
                400,
                gzipped("no gzip at all".getBytes(StandardCharsets.UTF_8), PROTOBUF)
                        .status());
        assertEquals(0, stored());
    }

    @Test
    void o9_aZipBombIsRefusedWithoutBeingUnpacked() throws InvalidProtocolBufferException {
        byte[] bomb = gzip(new byte[80 << 20]);
        assertTrue(bomb.length < 100_000, "the bomb is small on the wire");
        TestClient.Answer answer = gzipped(bomb, PROTOBUF);
        assertEquals(413, answer.status());
        assertEquals(PROTOBUF, answer.header("Content-Type"));
        assertEquals(8, code(answer));
        assertTrue(message(answer).startsWith("decompressed body: more than"), message(answer));
        assertEquals("", answer.header("Retry-After"));
    }

    @Test
    void o9_aBodyLargerThanTheLimitIsRefusedWhateverItsLengthHeaderSays() {
        byte[] large = new byte[(15 << 20) + 1];
        assertEquals(413, traces(large, PROTOBUF).status());
        TestClient.Answer chunked = endpoint.client()
                .send(
                        "POST",
                        "/v1/traces",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                        PROTOBUF);
        assertEquals(413, chunked.status());
    }

    @Test
    void takesAChunkedBody() {
        byte[] body = request().toByteArray();
        TestClient.Answer answer = endpoint.client()
                .send(
                        "POST",
                        "/v1/traces",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                        PROTOBUF);
        assertEquals(200, answer.status());
        assertEquals(1, stored());
    }

    @Test
    void refusesTypesAndEncodingsThatItDoesNotKnow() {
        assertEquals(415, traces(request().toByteArray(), "text/plain").status());
        assertEquals(
                415,
                endpoint.client()
                        .with("Content-Encoding", "br")
                        .post("/v1/traces", request().toByteArray(), PROTOBUF)
                        .status());
        assertEquals(0, stored());
    }

    @Test
    void i7_o12_nothingIsAcknowledgedThatTheStoreDidNotTake() throws SQLException, InvalidProtocolBufferException {
        execute("ALTER TABLE session_summary RENAME TO session_summary_gone");
        TestClient.Answer answer;
        try {
            answer = traces(request().toByteArray(), PROTOBUF);
        } finally {
            execute("ALTER TABLE session_summary_gone RENAME TO session_summary");
        }
        assertEquals(503, answer.status());
        assertEquals(14, code(answer));
        int seconds = Integer.parseInt(answer.header("Retry-After"));
        assertTrue(seconds >= 1 && seconds <= 10);
        assertEquals(0, stored());
        assertEquals(200, traces(request().toByteArray(), PROTOBUF).status());
        assertEquals(1, stored());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void i4_attestedIsWhatTheServiceSentAsSuchAndNothingElse() {
        Span.Builder claims = Spans.run(trace, "s", "allow", now, "ls");
        traces(Spans.request(Spans.selfReported("codex_exec"), claims).toByteArray(), PROTOBUF);
        SpanRecord span = store.trace(trace, 10).get(0);
        assertFalse(span.origin().attested());
        assertFalse(span.isRun());
        assertFalse(span.attributes().contains("cordon.attested"));
    }

    @Test
    void theEndpointIsTheCertificatesWhateverThePayloadSays() {
        UUID other = UUID.randomUUID();
        ExportTraceServiceRequest forged = Spans.request(
                Spans.attested().toBuilder()
                        .addAttributes(Spans.text("host.id", other.toString()))
                        .build(),
                Spans.run(trace, "s", "allow", now, "ls"));
        traces(forged.toByteArray(), PROTOBUF);
        assertEquals(endpoint.id(), store.trace(trace, 10).get(0).origin().endpointId());
    }

    @Test
    void whoeverHasNoDeviceCertificateIsTurnedAway() {
        for (TestClient client : List.of(server.anonymous(), server.as(Role.ADMINISTRATOR))) {
            TestClient.Answer answer = client.post("/v1/traces", request().toByteArray(), PROTOBUF);
            assertEquals(401, answer.status());
            assertEquals("fleet.certificate-required", answer.code());
        }
        assertEquals(0, stored());
    }

    @Test
    void aTimeThatCannotBeIsReplacedAndKept() {
        Span.Builder ancient = Spans.span(trace, Spans.newSpanId(), "ancient", now)
                .setStartTimeUnixNano(1)
                .setEndTimeUnixNano(2_000_001);
        Span.Builder future =
                Spans.span(trace, Spans.newSpanId(), "future", now).setStartTimeUnixNano(Long.MAX_VALUE);
        Span.Builder overflow =
                Spans.span(trace, Spans.newSpanId(), "overflow", now).setStartTimeUnixNano(-1);
        assertEquals(
                200,
                traces(
                                Spans.request(Spans.attested(), ancient, future, overflow)
                                        .toByteArray(),
                                PROTOBUF)
                        .status());
        for (SpanRecord span : store.trace(trace, 10)) {
            assertFalse(span.startedAt().isBefore(now.minusSeconds(1)), span.name());
            assertTrue(span.attributes().contains(RowTime.REPORTED), span.name());
        }
        assertEquals(3, stored());
    }

    @Test
    void storesLogsOnceWithTheirContentApart() throws InvalidProtocolBufferException {
        String session = UUID.randomUUID().toString();
        LogRecord prompt = LogRecord.newBuilder()
                .setTimeUnixNano(Spans.nanos(now))
                .addAttributes(Spans.text("session.id", session))
                .addAttributes(Spans.text("event.name", "user_prompt"))
                .addAttributes(Spans.text("prompt", "please " + session))
                .build();
        LogRecord bad = prompt.toBuilder()
                .setTraceId(ByteString.copyFrom(new byte[] {1}))
                .build();
        byte[] body = Spans.request(Spans.selfReported("claude-code"), List.of(prompt, bad))
                .toByteArray();
        TestClient.Answer answer = endpoint.client().post("/v1/logs", body, PROTOBUF);
        assertEquals(200, answer.status());
        assertEquals(
                1,
                ExportLogsServiceResponse.parseFrom(answer.bytes())
                        .getPartialSuccess()
                        .getRejectedLogRecords());
        String hash = ContentSplit.sha256(("\"please " + session + "\"").getBytes(StandardCharsets.UTF_8));
        byte[] kept = store.contents(List.of(hash)).get(hash);
        assertNotNull(kept);
        assertArrayEquals(("\"please " + session + "\"").getBytes(StandardCharsets.UTF_8), kept);
        SessionSummary summary =
                store.session(SessionRef.of(endpoint.id(), session).key()).orElseThrow();
        assertEquals("claude-code", summary.agent());
    }
}
