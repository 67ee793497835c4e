package io.cordon.agent.os.windows.fence;

/** Where in the network stack a filter decides, with the user of the socket at hand (application layer enforcement). */
public enum Layer {
    CONNECT_V4,
    /** Also IPv4 through dual-stack sockets, as mapped addresses. */
    CONNECT_V6,
    LISTEN_V4,
    LISTEN_V6,
    /** A local address and port, or a raw endpoint, is taken; also without a call to bind, when a socket connects. */
    BIND_V4,
    BIND_V6,
    ACCEPT_V4,
    ACCEPT_V6;

    boolean isBind() {
        return this == BIND_V4 || this == BIND_V6;
    }
}
