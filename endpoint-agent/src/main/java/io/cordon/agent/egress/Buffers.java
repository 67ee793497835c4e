package io.cordon.agent.egress;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The buffers of one event loop. A connection has one only while bytes are under way that the other side has not taken, so
 * idle connections cost none, and a stalled one at most one for each direction. The first are large, so that system calls do not
 * dominate while few connections carry much; the rest small, so that two for each connection that is allowed fit into a small service.
 */
final class Buffers {
    private static final int LARGE = 256 << 10;
    private static final int SMALL = 32 << 10;

    /** 2 MiB for each loop, once it has had that much to do. */
    private static final int LARGE_ONES = 8;

    private static final int SMALL_ONES_KEPT = 32;

    private final Deque<ByteBuffer> large = new ArrayDeque<>();
    private final Deque<ByteBuffer> small = new ArrayDeque<>();
    private int largeMade;

    /** An empty buffer. */
    ByteBuffer take() {
        ByteBuffer kept = large.pollFirst();
        if (kept == null && largeMade < LARGE_ONES) {
            largeMade++;
            kept = ByteBuffer.allocateDirect(LARGE);
        }
        if (kept == null) {
            kept = small.pollFirst();
        }
        return kept == null ? ByteBuffer.allocateDirect(SMALL) : kept.clear();
    }

    void give(ByteBuffer buffer) {
        if (buffer.capacity() == LARGE) {
            large.addFirst(buffer);
        } else if (small.size() < SMALL_ONES_KEPT) {
            small.addFirst(buffer);
        }
    }
}
