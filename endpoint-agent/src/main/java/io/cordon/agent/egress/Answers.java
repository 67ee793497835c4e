package io.cordon.agent.egress;

import java.nio.charset.StandardCharsets;

/** What the proxy itself says to a client. */
final class Answers {
    static final byte[] ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** A fatal alert of TLS, access_denied (RFC 8446, section 6.2). */
    static final byte[] TLS_ACCESS_DENIED = {21, 3, 3, 0, 2, 2, 49};

    private Answers() {}

    /** @param line what people read */
    static byte[] http(Refusal refusal, String line) {
        byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + refusal.kind().status + " " + refusal.kind().phrase + "\r\n"
                + (refusal.kind() == Refusal.Kind.CREDENTIALS ? "Proxy-Authenticate: Basic realm=\"cordon\"\r\n" : "")
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: " + body.length
                + "\r\nCache-Control: no-store\r\nProxy-Connection: close\r\nConnection: close\r\n\r\n";
        byte[] answer = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, answer, 0, head.length());
        System.arraycopy(body, 0, answer, head.length(), body.length);
        return answer;
    }
}
