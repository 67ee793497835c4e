package io.cordon.agent.os.windows.launch;

import org.jspecify.annotations.Nullable;

/**
 * A confined process with all that is its own. Closing it kills what is left of it, then gives everything back.
 *
 * @param console null when all its streams are redirected
 */
record Confined(Machine.Suspended process, Machine.Job job, Machine.@Nullable PseudoConsole console, Undo undo)
        implements AutoCloseable {

    @Override
    public void close() {
        undo.close();
    }
}
