package io.cordon.agent.telemetry.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.UnknownFieldSet;
import io.cordon.agent.os.MemorySenders;
import io.cordon.agent.os.Sender;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of requirements on an OTLP server; numbers as in the specification's order (O1 and so on). */
class HttpReceiverTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final ReceiverLimits SMALL = new ReceiverLimits(1 << 20, 2 << 20, 12 << 20, 1 << 20, 8, 2);

    private final MemorySenders senders = new MemorySenders();
    private final List<Export> taken = new ArrayList<>();
    private Receipt receipt = Receipt.Taken.ALL;
    private final HttpReceiver receiver;
    private final HttpClient client = HttpClient.newHttpClient();

    HttpReceiverTest() throws IOException {
        senders.set(new Sender("1000", null));
        receiver = HttpReceiver.open(0, SMALL, senders, this::take);
    }

    private synchronized Receipt take(Export export, Sender sender) {
        assertEquals("1000", sender.accountId());
        taken.add(export);
        return receipt;
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private HttpResponse<byte[]> post(String path, String type, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.port() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String type(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void takesWhatRealAgentsSend(String agent) throws Exception {
        for (String file : RecordedExports.files(agent)) {
            String path = "/v1/" + file.replaceFirst("[.-].*", "");
            byte[] body = RecordedExports.bytes(agent, file);
            String type = file.endsWith(".json") ? JSON : PROTOBUF;
            assertEquals(200, post(path, type, body).statusCode(), file);
            assertEquals(
                    200,
                    post(path, type, gzip(body), "Content-Encoding", "gzip").statusCode(),
                    file);
        }
        List<Export> expected = new ArrayList<>();
        for (Export export : RecordedExports.of(agent)) {
            expected.add(export);
            expected.add(export);
        }
        assertEquals(expected, taken);
    }

    @Test
    void successIsAnEmptyMessageInTheRequestsEncoding() throws Exception {
        HttpResponse<byte[]> binary = post("/v1/traces", PROTOBUF, new byte[0]);
        assertEquals(200, binary.statusCode());
        assertEquals(PROTOBUF, type(binary));
        assertEquals(0, binary.body().length);
        HttpResponse<byte[]> json =
                post("/v1/metrics", JSON + "; charset=utf-8", "{}".getBytes(StandardCharsets.UTF_8));
        assertEquals(JSON, type(json));
        assertEquals("{}", new String(json.body(), StandardCharsets.UTF_8));
    }

    @Test
    void whatWasRejectedIsPartialSuccess() throws Exception {
        receipt = new Receipt.Taken(3, "trace_id: 00 (expected: 16 bytes)");
        HttpResponse<byte[]> answer = post("/v1/logs", PROTOBUF, new byte[0]);
        assertEquals(200, answer.statusCode());
        ExportLogsServiceResponse response = ExportLogsServiceResponse.parseFrom(answer.body());
        assertEquals(3, response.getPartialSuccess().getRejectedLogRecords());
    }

    @Test
    void notDurableMeansComeBack() throws Exception {
        receipt = new Receipt.Later("the disk is full");
        HttpResponse<byte[]> answer = post("/v1/logs", PROTOBUF, new byte[0]);
        assertEquals(503, answer.statusCode());
        assertTrue(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()) > 0);
    }

    @ParameterizedTest
    @CsvSource({"application/x-protobuf", "application/json"})
    void undecodableIsABadRequestWithAStatus(String type) throws Exception {
        HttpResponse<byte[]> answer = post("/v1/traces", type, new byte[] {(byte) 0xff, 1, 2});
        assertEquals(400, answer.statusCode());
        assertEquals(type, type(answer));
        if (type.equals(PROTOBUF)) {
            UnknownFieldSet status = UnknownFieldSet.parseFrom(answer.body());
            assertEquals(List.of(3L), status.getField(1).getVarintList());
            assertTrue(status.getField(3)
                    .getLengthDelimitedList()
                    .get(0)
                    .toStringUtf8()
                    .contains("BadRequest"));
        } else {
            assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("\"code\":3"));
        }
    }

    @Test
    void limitsHoldBeforeAndAfterDecompression() throws Exception {
        assertEquals(413, post("/v1/logs", PROTOBUF, new byte[(1 << 20) + 1]).statusCode());
        byte[] bomb = gzip(new byte[64 << 20]);
        assertTrue(bomb.length < 1 << 20);
        assertEquals(
                413,
                post("/v1/logs", PROTOBUF, bomb, "Content-Encoding", "gzip").statusCode());
        assertEquals(List.of(), taken);
    }

    /** Two bytes of protobuf or three of JSON become an object of hundreds; far fewer than these would end the service. */
    @Test
    void fewBytesThatBecomeLargeObjectsAreTooLarge() throws Exception {
        for (String hex : List.of("0a00", "0a0412021200", "0a03f80101", "0a061204120232000a00")) {
            byte[] unit = HexFormat.of().parseHex(hex);
            byte[] many = new byte[unit.length * 150_000];
            for (int i = 0; i < many.length; i++) {
                many[i] = unit[i % unit.length];
            }
            HttpResponse<byte[]> answer = post("/v1/logs", PROTOBUF, gzip(many), "Content-Encoding", "gzip");
            assertEquals(413, answer.statusCode(), hex);
        }
        for (String unit : List.of("{},", "1,", "[[]],", "{\"scopeLogs\":[{\"logRecords\":[{}]}]},")) {
            String many = "{\"resourceLogs\":[" + unit.repeat(50_000) + "{}]}";
            byte[] body = gzip(many.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    413,
                    post("/v1/logs", JSON, body, "Content-Encoding", "gzip").statusCode(),
                    unit);
        }
        assertEquals(List.of(), taken);
    }

    @Test
    void aFullBatchOfAnExporterIsNot() throws Exception {
        Span.Builder span = Span.newBuilder().setName("fs.get_metadata");
        for (int i = 0; i < 20; i++) {
            span.addAttributes(KeyValue.newBuilder()
                    .setKey("code.attribute." + i)
                    .setValue(AnyValue.newBuilder().setStringValue("some value of usual length")));
        }
        ResourceSpans.Builder all = ResourceSpans.newBuilder();
        for (int i = 0; i < 512; i++) {
            all.addScopeSpans(ScopeSpans.newBuilder().addSpans(span));
        }
        byte[] batch = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(all)
                .build()
                .toByteArray();
        assertEquals(200, post("/v1/traces", PROTOBUF, batch).statusCode());
        assertEquals(1, taken.size());
    }

    @Test
    void truncatedGzipIsABadRequest() throws Exception {
        byte[] whole = gzip(RecordedExports.bytes("codex", "logs.pb"));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertEquals(
                400,
                post("/v1/logs", PROTOBUF, half, "Content-Encoding", "gzip").statusCode());
    }

    @ParameterizedTest
    @CsvSource({"text/plain, ''", "application/x-protobuf, br", "application/x-protobuf, deflate"})
    void otherTypesAndEncodingsAreNotSupported(String type, String encoding) throws Exception {
        String[] headers = encoding.isEmpty() ? new String[0] : new String[] {"Content-Encoding", encoding};
        assertEquals(415, post("/v1/logs", type, new byte[0], headers).statusCode());
    }

    @Test
    void otherPathsAndMethods() throws Exception {
        assertEquals(404, post("/v1/profiles", PROTOBUF, new byte[0]).statusCode());
        HttpRequest get = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.port() + "/v1/logs"))
                .build();
        assertEquals(
                405, client.send(get, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    @Test
    void aPageInABrowserIsRefused() throws Exception {
        assertEquals(
                403,
                post("/v1/logs", JSON, "{}".getBytes(StandardCharsets.UTF_8), "Origin", "https://evil.example")
                        .statusCode());
        assertEquals(List.of(), taken);
    }

    @Test
    void whoCannotBeToldIsRefused() throws Exception {
        senders.set(null);
        assertEquals(403, post("/v1/logs", PROTOBUF, new byte[0]).statusCode());
        assertEquals(List.of(), taken);
    }

    @Test
    void jsonHasHexadecimalIdsUnknownFieldsAndNumbersAsText() throws Exception {
        String body =
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"5B8EFFF798038103D269B633813FC60C\","
                        + "\"spanId\":\"EEE19B7EC3C1B174\",\"timeUnixNano\":\"1544712660300000000\",\"severityNumber\":9,"
                        + "\"somethingNew\":{\"a\":1},\"attributes\":[{\"key\":\"n\",\"value\":{\"intValue\":\"42\"}}]}]}]}]}";
        assertEquals(
                200,
                post("/v1/logs", JSON, body.getBytes(StandardCharsets.UTF_8)).statusCode());
        ExportLogsServiceRequest request = ((Export.Logs) taken.get(0)).request();
        var log = request.getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
        assertEquals(16, log.getTraceId().size());
        assertArrayEquals(
                HexFormat.of().parseHex("eee19b7ec3c1b174"), log.getSpanId().toByteArray());
        assertEquals(42, log.getAttributes(0).getValue().getIntValue());
        assertEquals(1_544_712_660_300_000_000L, log.getTimeUnixNano());
    }
}
