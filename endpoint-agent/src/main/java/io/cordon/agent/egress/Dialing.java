package io.cordon.agent.egress;

import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** While the server is looked for; what the client says meanwhile stays in its socket. */
final class Dialing implements Phase, Dial.Listener {
    private final ClientConnection connection;
    private final Asked asked;
    private final Dialogue dialogue;
    private final Gate gate;
    private final Note note;
    private final Dial dial;

    Dialing(
            ClientConnection connection,
            Shared shared,
            EventLoop loop,
            Asked asked,
            Dialogue dialogue,
            Gate gate,
            Note note) {
        this.connection = connection;
        this.asked = asked;
        this.dialogue = dialogue;
        this.gate = gate;
        this.note = note;
        this.dial = new Dial(shared, loop, gate, asked, this);
    }

    void start() {
        dial.start();
    }

    @Override
    public void ready(SelectionKey key) {
        key.interestOps(0);
    }

    @Override
    public void tick(long now) {
        dial.tick(now);
    }

    @Override
    public void late() {
        throw new IllegalStateException("the dial has a time of its own");
    }

    @Override
    public void refused(Refusal refusal, @Nullable InetAddress address) {
        if (address != null) {
            note.address(address);
        }
        connection.refuse(refusal, dialogue);
    }

    @Override
    public void connected(SocketChannel server, SelectionKey serverKey, @Nullable UpstreamProxy upstream) {
        InetAddress address = dial.address();
        if (address != null) {
            note.address(address);
        }
        connection.carry(server, serverKey, asked, dialogue, gate, upstream);
    }

    @Override
    public void release() {
        dial.cancel();
    }
}
