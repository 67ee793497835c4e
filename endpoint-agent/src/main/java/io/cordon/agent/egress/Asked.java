package io.cordon.agent.egress;

import org.jspecify.annotations.Nullable;

/**
 * What a client that is known wants.
 *
 * @param protocol connect, http or socks5
 * @param plain the request of plain HTTP; null for a tunnel
 */
record Asked(
        EgressRun run,
        String protocol,
        Target target,
        @Nullable PlainRequest plain) {

    /** A request of plain HTTP, understood. */
    record PlainRequest(HttpHead head, HttpTarget.Plain to, RequestBody body) {}

    /** Of plain HTTP; null where it cannot be seen. */
    @Nullable
    String method() {
        return plain == null ? null : plain.head().method();
    }
}
