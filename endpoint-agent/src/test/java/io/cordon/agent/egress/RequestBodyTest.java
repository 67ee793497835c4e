package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static RequestBody body(String fields) {
        return ((RequestBody.Result.Framed)
                        RequestBody.of(HttpHeadTest.head("POST http://a/ HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")))
                .body();
    }

    private static int take(RequestBody body, String text) {
        return body.take(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void withoutAFieldThereIsNone() {
        RequestBody body = body("");
        assertTrue(body.isDone());
        assertEquals(0, take(body, "GET http://evil/ HTTP/1.1\r\n"));
    }

    @Test
    void aLengthIsAllThereIs() {
        RequestBody body = body("Content-Length: 5\r\n");
        assertEquals(3, take(body, "abc"));
        assertFalse(body.isDone());
        assertEquals(2, take(body, "deGET http://evil/"));
        assertTrue(body.isDone());
    }

    @Test
    void chunksEndWithTheLast() {
        RequestBody body = body("Transfer-Encoding: chunked\r\n");
        String all = "5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n";
        assertEquals(all.length(), take(body, all + "GET http://evil/ HTTP/1.1\r\n"));
        assertTrue(body.isDone());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5;ext=1\r\nhello\r\n",
                "5\nhello\n",
                "\r\n",
                "x\r\n",
                "5 \r\n",
                "+5\r\n",
                "-5\r\n",
                "123456789\r\n",
                "5\r\nhelloX\r\n",
                "5\r\nhello\rX",
                "0\r\nTrailer: x\r\n\r\n",
                "5\rX",
                "0x5\r\n",
            })
    void oddChunksAreBroken(String text) {
        RequestBody body = body("Transfer-Encoding: chunked\r\n");
        take(body, text);
        assertTrue(body.isBroken(), text);
    }

    @Property(tries = 300)
    void itEndsInTheSamePlaceHoweverItIsCut(
            @ForAll @Size(max = 20) byte[] content, @ForAll @IntRange(min = 1, max = 40) int cut) {
        String chunk = content.length == 0
                ? ""
                : Integer.toHexString(content.length) + "\r\n" + new String(content, StandardCharsets.ISO_8859_1)
                        + "\r\n";
        String text = chunk + "0\r\n\r\n" + "rest";
        RequestBody body = body("Transfer-Encoding: chunked\r\n");
        int taken = 0;
        for (int from = 0; from < text.length(); from += cut) {
            taken += take(body, text.substring(from, Math.min(text.length(), from + cut)));
        }
        assertEquals(text.length() - 4, taken);
        assertTrue(body.isDone());
    }
}
