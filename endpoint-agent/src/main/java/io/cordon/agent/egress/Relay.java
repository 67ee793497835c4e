package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Both directions between a client and a server, each paced by whoever takes the bytes. */
final class Relay {
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final boolean tunnel;
    final Flow up;
    final Flow down;

    /** @param body of a request of plain HTTP; null for a tunnel */
    Relay(
            SocketChannel client,
            SelectionKey clientKey,
            SocketChannel server,
            SelectionKey serverKey,
            Buffers buffers,
            @Nullable RequestBody body) {
        this.clientKey = clientKey;
        this.serverKey = serverKey;
        this.tunnel = body == null;
        this.up = new Flow(client, server, buffers, body);
        this.down = new Flow(server, client, buffers, null);
    }

    /**
     * Moves what can be moved, and waits for what cannot.
     *
     * @param ready the key of the side that something happened on; null when nothing did
     * @param held whether the client's bytes are looked at by somebody else for now
     * @return true when both sides have had their say
     */
    boolean pump(@Nullable SelectionKey ready, boolean held) throws IOException {
        if (!held) {
            up.pump(ready == clientKey && ready.isReadable());
        }
        down.pump(ready == serverKey && ready.isReadable());
        if (down.isClosed() && (!tunnel || up.isClosed())) {
            return true;
        }
        want(clientKey, held || up.wantsToRead(), down.wantsToWrite());
        want(serverKey, down.wantsToRead(), up.wantsToWrite());
        return false;
    }

    private static void want(SelectionKey key, boolean read, boolean write) {
        int operations = (read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    void release() {
        up.release();
        down.release();
    }
}
