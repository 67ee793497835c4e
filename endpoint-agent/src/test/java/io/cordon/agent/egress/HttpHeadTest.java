package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is understood of a head, and all that is not. */
class HttpHeadTest {
    static HttpHead.Result read(String text) {
        return HttpHead.read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static HttpHead head(String text) {
        return assertInstanceOf(HttpHead.Result.Read.class, read(text)).head();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://a/ HTTP/1.1\n\n",
                "GET http://a/ HTTP/1.1\r\nHost: a\n\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: a\0\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: a\u000b\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: a\u007f\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nX: a\r\n folded\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nX: a\r\n\tfolded\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\n X: a\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nX : a\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nX\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\n: a\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nX(: a\r\n\r\n",
                "GET  http://a/ HTTP/1.1\r\n\r\n",
                "GET http://a/  HTTP/1.1\r\n\r\n",
                "GET\thttp://a/ HTTP/1.1\r\n\r\n",
                " GET http://a/ HTTP/1.1\r\n\r\n",
                "\r\nGET http://a/ HTTP/1.1\r\n\r\n",
                "GET http://a/ HTTP/1.1 \r\n\r\n",
                "GET http://a/\r\n\r\n",
                "GET http://a/ HTTP/2.0\r\n\r\n",
                "GET http://a/ HTTP/1.2\r\n\r\n",
                "GET http://a/ http/1.1\r\n\r\n",
                "get http://a/ HTTP/1.1\r\n\r\n",
                "G@T http://a/ HTTP/1.1\r\n\r\n",
                "GET http://\u00e4/ HTTP/1.1\r\n\r\n",
                "GET http://a/\u00ff HTTP/1.1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\n",
            })
    void oddHeadsAreRefused(String text) {
        HttpHead.Result.Refused refused = assertInstanceOf(HttpHead.Result.Refused.class, read(text), text);
        assertEquals(Refusal.Kind.MALFORMED, refused.refusal().kind());
    }

    @Test
    void tooManyFieldsAreRefused() {
        HttpHead.Result result = read("GET http://a/ HTTP/1.1\r\n" + "X: y\r\n".repeat(201) + "\r\n");
        assertEquals(
                Refusal.Kind.TOO_LARGE,
                assertInstanceOf(HttpHead.Result.Refused.class, result)
                        .refusal()
                        .kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "http://a.test/x?y=1       | a.test       | a.test:80 /x?y=1",
                "HTTP://A.Test./x          | a.test       | a.test:80 /x",
                "http://a.test             | A.TEST.      | a.test:80 /",
                "http://a.test?q           | a.test:80    | a.test:80 /?q",
                "http://a.test:8080/       | a.test:8080  | a.test:8080 /",
                "http://[2001:DB8::1]:81/  | [2001:db8:0::1]:81 | [2001:db8:0:0:0:0:0:1]:81 /",
                "http://[::ffff:1.2.3.4]/  | 1.2.3.4      | 1.2.3.4:80 /",
                "http://xn--bcher-kva.test/| xn--bcher-kva.test | xn--bcher-kva.test:80 /",
            })
    void theTargetIsReadIntoItsOneForm(String target, String host, String expected) {
        HttpTarget read = HttpTarget.of(head("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
        HttpTarget.Plain plain = assertInstanceOf(HttpTarget.Plain.class, read, String.valueOf(read));
        assertEquals(expected, plain.target() + " " + plain.path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://user@a.test/          | a.test   | invalid-host",
                "http://a.test@evil.test/     | a.test   | invalid-host",
                "http://user:pw@a.test/       | a.test   | invalid-host",
                "http://a%2etest/             | a.test   | invalid-host",
                "http://%61.test/             | a.test   | invalid-host",
                "http://a..test/              | a..test  | invalid-host",
                "http://.a.test/              | .a.test  | invalid-host",
                "http://a.test../             | a.test   | invalid-host",
                "http://127.1/                | 127.1    | invalid-host",
                "http://2130706433/           | 2130706433 | invalid-host",
                "http://0x7f000001/           | 0x7f000001 | invalid-host",
                "http://0177.0.0.1/           | 0177.0.0.1 | invalid-host",
                "http://[::1%25lo]/           | [::1]    | invalid-host",
                "http://[::1/                 | [::1]    | invalid-host",
                "http://[a.test]/             | a.test   | invalid-host",
                "http://::1/                  | [::1]    | invalid-host",
                "http://a.test:/              | a.test   | invalid-host",
                "http://a.test:0/             | a.test:0 | invalid-host",
                "http://a.test:080/           | a.test   | invalid-host",
                "http://a.test:65536/         | a.test   | invalid-host",
                "http://a.test:99999999999/   | a.test   | invalid-host",
                "http://a.test:8o/            | a.test   | invalid-host",
                "http://a.test:+80/           | a.test   | invalid-host",
                "http://a.test:80:80/         | a.test   | invalid-host",
                "http:///x                    | a.test   | invalid-host",
                "http://a.test/x#y            | a.test   | malformed-request",
                "http://a.test/x\\\\y         | a.test   | malformed-request",
                "http://evil.test\\\\@a.test/ | a.test   | malformed-request",
                "https://a.test/              | a.test   | malformed-request",
                "ftp://a.test/                | a.test   | malformed-request",
                "/x                           | a.test   | malformed-request",
                "*                            | a.test   | malformed-request",
                "a.test:80                    | a.test   | malformed-request",
                "http:/a.test/                | a.test   | malformed-request",
                "http://a.test/               | b.test   | host-mismatch",
                "http://a.test/               | a.test:81| host-mismatch",
                "http://a.test:81/            | a.test   | host-mismatch",
                "http://a.test/               | a.test,b.test | host-mismatch",
                "http://a.test/               | a.test@b.test | host-mismatch",
            })
    void oddTargetsAreRefused(String target, String host, String rule) {
        HttpTarget read = HttpTarget.of(head("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
        assertEquals(
                rule,
                assertInstanceOf(HttpTarget.Refused.class, read, String.valueOf(read))
                        .refusal()
                        .rule());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a.test\r\nHost: a.test\r\n", "Host: a.test\r\nhost: b.test\r\n"})
    void thereIsOneHostHeader(String hosts) {
        HttpTarget read = HttpTarget.of(head("GET http://a.test/ HTTP/1.1\r\n" + hosts + "\r\n"));
        assertEquals(
                "malformed-request",
                assertInstanceOf(HttpTarget.Refused.class, read).refusal().rule());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.test",
                "a.test:",
                "a.test:0",
                "a.test:443x",
                "http://a.test:443",
                "a.test:443/x",
                "user@a.test:443",
                "a.test:443:443",
                "[::1]",
                "[::1]x:443",
                "::1:443",
                "%61.test:443",
                "a_b..test:443",
                "127.1:443",
                "*:443",
            })
    void connectTakesHostAndPortAndNothingElse(String target) {
        HttpTarget read = HttpTarget.of(head("CONNECT " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertEquals(
                "invalid-host",
                assertInstanceOf(HttpTarget.Refused.class, read, target)
                        .refusal()
                        .rule());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\r\nContent-Length: 1\r\n",
                "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: +1\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 1, 1\r\n",
                "Content-Length: 0x1\r\n",
                "Content-Length: \r\n",
                "Content-Length: 9999999999999999999\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: chunked, chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            })
    void bodiesThatCouldBeReadInTwoWaysAreRefused(String fields) {
        assertInstanceOf(
                RequestBody.Result.Refused.class,
                RequestBody.of(head("POST http://a/ HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")));
    }

    @Test
    void theForwardedHeadIsBuiltAnewWithoutWhatWasForTheProxy() {
        HttpHead head =
                head("GET HTTP://A.Test./x?y HTTP/1.0\r\nHost: a.test\r\nProxy-Authorization: Basic c2VjcmV0\r\n"
                        + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nUpgrade: h2c\r\n"
                        + "Proxy-Connection: keep-alive\r\nAccept:   */*  \r\n\r\n");
        HttpTarget.Plain plain = (HttpTarget.Plain) HttpTarget.of(head);
        assertEquals(
                "GET /x?y HTTP/1.1\r\nHost: a.test\r\nAccept: */*\r\nConnection: close\r\n\r\n",
                new String(ForwardedHead.write(head, plain, null), StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "host", "close, Transfer-Encoding", "Authorization"})
    void fieldsThatMeanSomethingCannotBeNamedAway(String connection) {
        HttpHead head = head("GET http://a/ HTTP/1.1\r\nHost: a\r\nConnection: " + connection + "\r\n\r\n");
        assertEquals("malformed-request", ForwardedHead.problem(head).rule());
    }
}
