package io.cordon.agent.os.windows.launch;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been taken, given back in the reverse order: all of it, whatever one of them does. */
final class Undo implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Undo.class.getName());

    private final Deque<Machine.Held> held = new ArrayDeque<>();

    <T extends Machine.Held> T add(T taken) {
        held.push(taken);
        return taken;
    }

    @Override
    public void close() {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "something of a run was not given back", e);
            }
        }
    }
}
