package io.cordon.agent.os.windows.launch;

import io.cordon.agent.ipc.Frames;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to one caller, in order, written by whichever thread is free: a caller who does not read holds up nobody
 * but itself.
 */
final class Outbox {
    private final PipeConnection connection;
    private final Executor writers;
    private final Deque<byte[]> frames = new ArrayDeque<>();
    private boolean writing;
    private boolean broken;

    Outbox(PipeConnection connection, Executor writers) {
        this.connection = connection;
        this.writers = writers;
    }

    synchronized void send(byte[] frame) {
        if (broken) {
            return;
        }
        frames.add(frame);
        if (!writing) {
            writing = true;
            writers.execute(this::drain);
        }
    }

    private void drain() {
        for (byte[] frame = next(); frame != null; frame = next()) {
            try {
                Frames.write(connection.output(), frame);
            } catch (IOException e) {
                // The reading side sees the same end, and knows what to do about it.
                broken();
                return;
            }
        }
    }

    private synchronized byte @Nullable [] next() {
        byte[] frame = frames.poll();
        writing = frame != null;
        return frame;
    }

    private synchronized void broken() {
        broken = true;
        writing = false;
        frames.clear();
    }
}
