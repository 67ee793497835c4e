package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cordon.agent.ipc.ProtocolException;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LauncherReaderTest {
    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static Opening opening(String json) throws ProtocolException {
        return LauncherReader.opening(bytes(json));
    }

    @Test
    void readsARequestWithAConsoleAndAPipe() throws Exception {
        Opening opening =
                opening("{\"op\":\"run\",\"argv\":[\"a\",\"\\ud800\"],\"env\":{\"PATH\":\"x\"},\"cwd\":\"C:\\\\w\","
                        + "\"session\":\"s\",\"toolCall\":null,\"traceparent\":\"t\",\"args\":{\"json\":true},"
                        + "\"handles\":{\"stdin\":260,\"stdout\":0,\"stderr\":264},"
                        + "\"console\":{\"stdin\":true,\"stdout\":true,\"stderr\":false,\"columns\":120,\"rows\":30}}");
        assertEquals(LocalRequest.Operation.RUN, opening.operation());
        assertEquals(List.of("a", "\ud800"), opening.argv());
        assertEquals("C:\\w", opening.cwd());
        assertEquals("s", opening.session());
        assertEquals(null, opening.toolCall());
        assertEquals(Map.of("json", "true"), opening.args());
        assertEquals(
                new StandardHandles(
                        new StandardHandles.Stream(260, true),
                        new StandardHandles.Stream(0, true),
                        new StandardHandles.Stream(264, false),
                        120,
                        30),
                opening.handles());
    }

    @Test
    void statusNeedsNoCommandAndNoHandles() throws Exception {
        Opening opening = opening("{\"op\":\"status\",\"cwd\":\"c:/w\"}");
        assertEquals(List.of(), opening.argv());
        assertEquals(StandardHandles.NONE, opening.handles());
    }

    @Test
    void refusesWhatIsNoRequest() {
        String rest = "\"argv\":[\"a\"],\"env\":{}";
        for (String wrong : List.of(
                "[]",
                "{}",
                "",
                "{\"op\":\"fly\",\"cwd\":\"C:\\\\w\"," + rest + "}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\",\"argv\":[]}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\",\"argv\":[1]}",
                "{\"op\":\"run\",\"cwd\":\"work\"," + rest + "}",
                "{\"op\":\"run\",\"cwd\":\"C:work\"," + rest + "}",
                "{\"op\":\"run\",\"cwd\":\"\\\\\\\\.\\\\pipe\\\\x\"," + rest + "}",
                "{\"op\":\"run\",\"cwd\":\"\\\\\\\\?\\\\C:\\\\w\"," + rest + "}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\\u0000x\"," + rest + "}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\"," + rest + ",\"handles\":{\"stdin\":-1}}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\"," + rest + ",\"handles\":{\"stdin\":7}}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\"," + rest + ",\"handles\":{\"stdin\":4294967296}}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\"," + rest + ",\"handles\":{\"stdin\":\"4\"}}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\"," + rest + ",\"console\":{\"columns\":0,\"rows\":1}}",
                "{\"op\":\"run\",\"cwd\":\"C:\\\\w\"," + rest + ",\"console\":{\"columns\":99999999999,\"rows\":1}}")) {
            assertThrows(ProtocolException.class, () -> opening(wrong), wrong);
        }
    }

    @Test
    void readsEventsAndSizesAndNothingElse() throws Exception {
        assertEquals(
                new LauncherMessage.Control(LauncherMessage.Event.CLOSE),
                LauncherReader.message(bytes("{\"t\":\"ctrl\",\"event\":2}")));
        assertEquals(
                new LauncherMessage.Resize(100, 40),
                LauncherReader.message(bytes("{\"t\":\"resize\",\"columns\":100,\"rows\":40}")));
        for (String wrong : List.of(
                "{\"t\":\"ctrl\",\"event\":3}",
                "{\"t\":\"ctrl\"}",
                "{\"t\":\"resize\",\"columns\":0,\"rows\":40}",
                "{\"t\":\"exited\",\"code\":0}")) {
            assertThrows(ProtocolException.class, () -> LauncherReader.message(bytes(wrong)), wrong);
        }
    }

    @Property
    void anyBytesAreAMessageOrRefused(@ForAll byte[] frame) {
        try {
            LauncherReader.opening(frame);
        } catch (ProtocolException expected) {
            assertEquals(ProtocolException.class, expected.getClass());
        }
    }

    @Test
    void writesTheStatusAsAnUnsignedNumber() {
        assertEquals(
                "{\"t\":\"exited\",\"code\":3221225786}",
                new String(LauncherWriter.exited(0xC000013A), StandardCharsets.UTF_8));
        assertEquals(
                "{\"t\":\"pty\",\"in\":80,\"out\":0}",
                new String(LauncherWriter.pty(new ConsoleEnds(80, 0)), StandardCharsets.UTF_8));
        assertEquals(
                "{\"t\":\"reply\",\"exit\":126,\"stdout\":\"\",\"stderr\":\"cordon: no\\n\"}",
                new String(LauncherWriter.reply(LocalReply.line(LocalReply.DENIED, "no")), StandardCharsets.UTF_8));
    }
}
