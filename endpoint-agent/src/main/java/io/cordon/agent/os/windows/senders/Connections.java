package io.cordon.agent.os.windows.senders;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The machine's table of TCP connections. */
@FunctionalInterface
public interface Connections {
    /**
     * The end of a connection; {@code ::ffff:a.b.c.d} is the same address as {@code a.b.c.d}.
     *
     * @param local address and port of the end that is looked for
     * @param remote of the other end
     */
    Optional<End> find(InetSocketAddress local, InetSocketAddress remote) throws IOException;

    /**
     * @param pid of the process that made it; 0 when nobody holds it any more
     * @param created when, in 100 ns since 1601; 0 when the system does not say
     */
    record End(long pid, long created) {}
}
