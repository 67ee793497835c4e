package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What a client has sent and nobody has taken yet. */
final class Inbox {
    private static final int FIRST = 1024;

    private final SocketChannel client;
    private ByteBuffer in = ByteBuffer.allocate(FIRST);

    Inbox(SocketChannel client) {
        this.client = client;
    }

    /** Reads what is there, up to this many bytes in all; false at the end of it. */
    boolean receive(int most) throws IOException {
        if (!in.hasRemaining() && in.capacity() < most) {
            in = ByteBuffer.allocate(Math.min(most, in.capacity() * 4)).put(in.flip());
        }
        return !in.hasRemaining() || client.read(in) >= 0;
    }

    boolean isEmpty() {
        return in.position() == 0;
    }

    /** The first byte of one that is not empty. */
    byte first() {
        return in.get(0);
    }

    boolean isFull(int most) {
        return !in.hasRemaining() && in.capacity() >= most;
    }

    /** To look at; what is read of it stays. */
    ByteBuffer view() {
        return in.duplicate().flip();
    }

    /** To take from; {@link #taken()} says when that is over. */
    ByteBuffer take() {
        return in.flip();
    }

    void taken() {
        in.compact();
    }

    /** Everything, to be passed on; nothing comes in here any more. */
    ByteBuffer handOver() {
        ByteBuffer all = in.flip();
        in = ByteBuffer.allocate(0);
        return all;
    }
}
