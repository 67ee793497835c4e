package io.cordon.agent.egress;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the head that the server gets: built anew from what was understood, without what was meant for this proxy. */
final class ForwardedHead {
    /** For one hop only (RFC 9110, section 7.6.1), or for a proxy; Transfer-Encoding stays, as the chunks are passed on. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "host",
            "connection",
            "proxy-connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "http2-settings",
            "proxy-authorization",
            "proxy-authenticate",
            "proxy-authentication-info");

    /** Taking these away would change what the request means. */
    private static final Set<String> NOT_TO_BE_NAMED =
            Set.of("host", "content-length", "transfer-encoding", "authorization", "cookie", "content-type");

    private ForwardedHead() {}

    /** Why the fields cannot be passed on; null when they can. */
    static @Nullable Refusal problem(HttpHead head) {
        return head.members("Connection").stream().anyMatch(NOT_TO_BE_NAMED::contains)
                ? Refusal.malformed("The Connection header names a field that is not for one hop.")
                : null;
    }

    /**
     * @param upstream whose proxy takes the whole URL; null when the server itself is asked
     */
    static byte[] write(HttpHead head, HttpTarget.Plain plain, @Nullable UpstreamProxy upstream) {
        Set<String> named = Stream.concat(head.members("Connection").stream(), NOT_FORWARDED.stream())
                .collect(Collectors.toSet());
        StringBuilder out = new StringBuilder(512);
        String target =
                upstream == null ? plain.path() : "http://" + plain.target().hostHeader() + plain.path();
        out.append(head.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
        out.append("Host: ").append(plain.target().hostHeader()).append("\r\n");
        List<HttpHead.Field> fields = head.fields();
        for (HttpHead.Field field : fields) {
            if (!named.contains(field.name().toLowerCase(Locale.ROOT))) {
                out.append(field.name()).append(": ").append(field.value()).append("\r\n");
            }
        }
        if (upstream != null) {
            upstream.authorization()
                    .ifPresent(value ->
                            out.append("Proxy-Authorization: ").append(value).append("\r\n"));
        }
        // One request for each connection: the next one is decided anew.
        out.append("Connection: close\r\n\r\n");
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
