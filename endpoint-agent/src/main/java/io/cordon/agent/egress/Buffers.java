package io.cordon.agent.egress;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The buffers of one event loop. A connection has one only while bytes are under way that the other side has not taken, so
 * idle connections cost none, and a stalled one at most one for each direction.
 */
final class Buffers {
    /** Large enough that system calls do not dominate; two for each connection that is allowed fit into a small service. */
    static final int SIZE = 32 << 10;

    private static final int KEPT = 32;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();

    /** An empty buffer. */
    ByteBuffer take() {
        ByteBuffer kept = free.pollFirst();
        return kept == null ? ByteBuffer.allocateDirect(SIZE) : kept.clear();
    }

    void give(ByteBuffer buffer) {
        if (free.size() < KEPT) {
            free.addFirst(buffer);
        }
    }
}
