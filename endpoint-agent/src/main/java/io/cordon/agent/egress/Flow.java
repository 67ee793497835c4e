package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The bytes from one side of a connection to the other: reads only when everything before has been taken. */
final class Flow {
    /** How much it reads before others have their turn. */
    private static final int TURN = 512 << 10;

    private final SocketChannel from;
    private final SocketChannel to;
    private final Buffers buffers;
    private final @Nullable RequestBody body;
    private final Deque<ByteBuffer> first = new ArrayDeque<>();
    private @Nullable ByteBuffer pending;
    private boolean ended;
    private boolean closed;
    private long bytes;

    /** @param body the request whose body this carries and nothing more; null when everything is carried */
    Flow(SocketChannel from, SocketChannel to, Buffers buffers, @Nullable RequestBody body) {
        this.from = from;
        this.to = to;
        this.buffers = buffers;
        this.body = body;
    }

    /** Something to send before what is read. */
    void sendFirst(byte[] what) {
        first.add(ByteBuffer.wrap(what));
    }

    /** Something that was read from the source before this flow began. */
    void carryFirst(ByteBuffer read) throws IOException {
        limit(read);
        byte[] copy = new byte[read.remaining()];
        read.get(copy);
        bytes += copy.length;
        sendFirst(copy);
    }

    /** The source will send no more. */
    void sourceEnded() {
        ended = true;
    }

    /**
     * Moves what can be moved now.
     *
     * @param readable whether the source is known to have something: asking in vain costs a system call
     */
    void pump(boolean readable) throws IOException {
        int count;
        for (int moved = 0; moved < TURN && flush() && readable && !isFull(); moved += count) {
            ByteBuffer buffer = buffers.take();
            count = read(buffer);
            if (count <= 0) {
                buffers.give(buffer);
                ended |= count < 0;
                flush();
                return;
            }
            bytes += buffer.remaining();
            pending = buffer;
            if (count < buffer.capacity()) {
                flush();
                return;
            }
        }
    }

    /** What {@code read} says; the buffer then has what of it is to be carried. */
    private int read(ByteBuffer buffer) throws IOException {
        try {
            int count = from.read(buffer);
            buffer.flip();
            if (count > 0) {
                limit(buffer);
            }
            return count;
        } catch (IOException e) {
            buffers.give(buffer);
            throw e;
        }
    }

    private void limit(ByteBuffer read) throws IOException {
        if (body != null) {
            read.limit(read.position() + body.take(read));
            if (body.isBroken()) {
                throw new IOException("the body of the request is framed wrongly");
            }
        }
    }

    /** Nothing more is to be read. */
    private boolean isFull() {
        return ended || (body != null && body.isDone());
    }

    /** Sends what is pending; false when the target does not take it all now. */
    private boolean flush() throws IOException {
        for (ByteBuffer next = first.peek(); next != null; next = first.peek()) {
            to.write(next);
            if (next.hasRemaining()) {
                return false;
            }
            first.remove();
        }
        if (pending != null) {
            to.write(pending);
            if (pending.hasRemaining()) {
                return false;
            }
            buffers.give(pending);
            pending = null;
        }
        if (ended && !closed) {
            closed = true;
            // A server may take a closed side for a client that went away, so a request that is through leaves it open.
            if (body == null) {
                to.shutdownOutput();
            }
        }
        return true;
    }

    boolean wantsToRead() {
        return pending == null && first.isEmpty() && !isFull();
    }

    boolean wantsToWrite() {
        return pending != null || !first.isEmpty();
    }

    /** Everything was carried, and the target knows. */
    boolean isClosed() {
        return closed;
    }

    long bytes() {
        return bytes;
    }

    void release() {
        if (pending != null) {
            buffers.give(pending);
            pending = null;
        }
        first.clear();
    }
}
