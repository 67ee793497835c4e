package io.cordon.agent.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.RunListener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static final String REQUEST = """
            {"t":"request","id":7,"op":"run","caller":{"pid":12,"uid":1000,"gid":100,"groups":[4,27],"startTime":99,\
            "exe":"/bin/sh","loginUid":-1,"sessionId":5},"cwd":"/home/ada","argv":["ls","-l"],"env":{"A":"b"},\
            "session":null,"toolCall":"t-1","traceparent":null,"args":{"json":true},"future":{"x":1}}""";

    private static SpawnerMessage read(String json) throws ProtocolException {
        return MessageReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void requestIsReadWholeAndWhatIsUnknownIsPassedOver() throws ProtocolException {
        LocalRequest request =
                assertInstanceOf(SpawnerMessage.Request.class, read(REQUEST)).request();
        assertEquals(7, request.id());
        assertEquals(LocalRequest.Operation.RUN, request.operation());
        assertEquals(1000, request.caller().account().posix().uid());
        assertEquals(List.of(4, 27), request.caller().account().posix().groups());
        assertEquals(-1, request.caller().loginUid());
        assertEquals(List.of("ls", "-l"), request.argv());
        assertEquals(Map.of("A", "b"), request.env());
        assertNull(request.session());
        assertEquals("t-1", request.toolCall());
        assertNull(request.reason());
        assertEquals(true, request.flag("json"));
    }

    @Test
    void processEventsCarryWhatWasExecuted() throws ProtocolException {
        String json = """
                {"t":"process","id":1,"kind":"exec","pid":5,"exe":"/usr/bin/curl","args":["curl","\\udce9"],\
                "argsTruncated":true,"at":1500000001}""";
        RunListener.ProcessEvent event =
                assertInstanceOf(SpawnerMessage.Process.class, read(json)).event();
        assertEquals(RunListener.ProcessEvent.Kind.EXEC, event.kind());
        assertEquals(List.of("curl", "\udce9"), event.arguments());
        assertEquals(true, event.argumentsTruncated());
        assertNull(event.exitCode());
        assertEquals(Instant.ofEpochSecond(1, 500_000_001), event.at());
    }

    @Test
    void exitTellsLimitsAndCost() throws ProtocolException {
        String json = """
                {"t":"exited","id":1,"exitCode":0,"signal":9,"limitsHit":["memory"],"at":0,"maxRssKiB":8,"cpuMicros":9}""";
        RunListener.Exit exit =
                assertInstanceOf(SpawnerMessage.Exited.class, read(json)).exit();
        assertEquals(new RunListener.Exit(0, 9, List.of("memory"), Instant.EPOCH, 8, 9), exit);
        assertEquals(137, exit.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{\"t\":\"ready\"}",
                "{\"t\":\"nothing-known\"}",
                "{\"t\":7}",
                "{\"t\":\"started\",\"id\":1,\"pid\":\"5\",\"at\":0}",
                "{\"t\":\"started\",\"id\":1.5,\"pid\":5,\"at\":0}",
                "{\"t\":\"started\",\"id\":99999999999999999999,\"pid\":5,\"at\":0}",
                "{\"t\":\"process\",\"id\":1,\"kind\":\"vanish\",\"pid\":5,\"at\":0}",
                "{\"t\":\"process\",\"id\":1,\"kind\":\"exec\",\"pid\":5,\"args\":[1],\"at\":0}",
                "{\"t\":\"process\",\"id\":1,\"kind\":\"exec\",\"pid\":5,\"args\":\"ls\",\"at\":0}",
                "{\"t\":\"exited\",\"id\":1,\"exitCode\":0,\"limitsHit\":{},\"at\":0}",
                "{\"t\":\"failed\",\"id\":1,\"stage\":null,\"error\":\"x\"}"
            })
    void whatIsNoMessageIsRefused(String json) {
        assertThrows(ProtocolException.class, () -> read(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"op\":\"run\"|\"op\":\"become-root\"",
                "\"uid\":1000|\"uid\":-1",
                "\"uid\":1000|\"uid\":4294967295",
                "\"uid\":1000|\"uid\":\"0\"",
                "\"uid\":1000,|",
                "[4,27]|[4,-1]",
                "\"cwd\":\"/home/ada\"|\"cwd\":\"home\"",
                "[\"ls\",\"-l\"]|[]",
                "[\"ls\",\"-l\"]|[\"ls\",null]",
                "\"toolCall\":\"t-1\"|\"toolCall\":5"
            })
    void requestThatSaysSomethingImpossibleIsRefused(String change) {
        String[] parts = change.split("\\|", -1);
        String json = REQUEST.replace(parts[0], parts[1]);
        assertEquals(false, json.equals(REQUEST), "the test must change the request");
        assertThrows(ProtocolException.class, () -> read(json));
    }

    @Test
    void nestingIsBounded() {
        assertThrows(ProtocolException.class, () -> read("{\"t\":" + "[".repeat(100_000)));
    }

    /** Whatever bytes come, the answer is a message or a refusal; nothing else may get out. */
    @Test
    void damagedMessagesAreRefusedAndNothingElseHappens() {
        Random random = new Random(20_261_123);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = REQUEST.getBytes(StandardCharsets.UTF_8);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                MessageReader.read(bytes);
            } catch (ProtocolException e) {
                refused++;
            }
        }
        assertEquals(true, refused > 1000, "refused " + refused);
    }

    @Test
    void theIdOfARequestIsFoundThoughTheRestCannotBeRead() {
        assertEquals(7, MessageReader.requestId((REQUEST + "}").getBytes(StandardCharsets.UTF_8)));
        assertEquals(-1, MessageReader.requestId("{\"t\":\"exited\",\"id\":7}".getBytes(StandardCharsets.UTF_8)));
        assertEquals(-1, MessageReader.requestId("{\"id\":7,\"t\":\"request\"}".getBytes(StandardCharsets.UTF_8)));
        assertEquals(-1, MessageReader.requestId(new byte[0]));
    }
}
