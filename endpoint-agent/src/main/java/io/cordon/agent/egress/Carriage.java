package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Client and server talk: at first what goes into a tunnel is looked at, then everything is passed on. */
final class Carriage implements Phase {
    private final ClientConnection connection;
    private final Shared shared;
    private final SelectionKey clientKey;
    private final SocketChannel server;
    private final Asked asked;
    private final Inbox in;
    private final Relay relay;
    /** Null once the first bytes have been looked at, and for a request of plain HTTP. */
    private @Nullable TlsCheck looking;

    private long up;
    private long down;

    Carriage(
            ClientConnection connection,
            Shared shared,
            SelectionKey clientKey,
            SocketChannel server,
            Asked asked,
            Gate gate,
            Inbox in,
            Relay relay) {
        this.connection = connection;
        this.shared = shared;
        this.clientKey = clientKey;
        this.server = server;
        this.asked = asked;
        this.in = in;
        this.relay = relay;
        this.looking = asked.plain() == null ? new TlsCheck(gate, asked.target()) : null;
    }

    /** @param established what tells the client that its tunnel is there */
    void start(byte[] established, @Nullable UpstreamProxy upstream) throws IOException {
        Asked.PlainRequest plain = asked.plain();
        if (plain == null) {
            relay.down.sendFirst(established);
            // Whatever the first bytes turn out to be, they answer to a tunnel that was promised.
            relay.pump(null, true);
        } else {
            relay.up.sendFirst(ForwardedHead.write(plain.head(), plain.to(), upstream));
            handOver(false);
        }
        move(null);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        move(key);
    }

    /** @param ready the side that something happened on; null for none, when only what is already here is looked at */
    private void move(@Nullable SelectionKey ready) throws IOException {
        TlsCheck check = looking;
        if (check != null && !look(check, ready == clientKey)) {
            return;
        }
        boolean done = relay.pump(ready, looking != null);
        if (!account()) {
            connection.cut("the run has sent or received as much as it may");
        } else if (done) {
            connection.completed();
        }
    }

    /** False when the connection is refused by what it begins with. */
    private boolean look(TlsCheck check, boolean arrived) throws IOException {
        boolean ended = arrived && !in.receive(ClientHello.MAX);
        if (in.isEmpty()) {
            if (ended) {
                handOver(true);
            }
            return true;
        }
        TlsCheck.Result result = check.look(in.view(), ended || in.isFull(ClientHello.MAX));
        connection.note().serverName(check.serverName());
        if (result instanceof TlsCheck.Result.Stop stop) {
            connection.note().refused(stop.refusal());
            connection.farewell(in.first() == 22 ? Answers.TLS_ACCESS_DENIED : new byte[0], null);
            return false;
        }
        if (result instanceof TlsCheck.Result.Pass) {
            handOver(ended);
        }
        return true;
    }

    /** The bytes that were read ahead go first. */
    private void handOver(boolean ended) throws IOException {
        looking = null;
        relay.up.carryFirst(in.handOver());
        if (ended) {
            relay.up.sourceEnded();
        }
    }

    /** Counts what has been moved; false when the run has used up what it may. */
    private boolean account() {
        long sent = relay.up.bytes();
        long received = relay.down.bytes();
        if (sent == up && received == down) {
            return true;
        }
        connection.waitAtMost(shared.limits().idleTime().toNanos());
        boolean within =
                asked.run().count(sent - up, received - down, shared.limits().bytesPerRun());
        up = sent;
        down = received;
        connection.note().bytes(up, down);
        return within;
    }

    @Override
    public void late() {
        connection.cut("idle for too long");
    }

    @Override
    public void release() {
        relay.release();
        ClientConnection.close(server);
    }
}
