package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.launch.Machine.PseudoConsole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a process about to be started.
 *
 * @param streams to inherit; null where the console stands in
 * @param console that it gets, if any
 */
record Wiring(
        List<Machine.@Nullable Stream> streams, @Nullable PseudoConsole console) {
    Wiring {
        streams = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(streams));
    }

    /** Sets the streams up; what it takes goes into {@code undo}. */
    @FunctionalInterface
    interface Source {
        Wiring wire(Machine machine, Undo undo) throws LaunchException;
    }

    List<Long> handles() {
        return streams.stream()
                .map(stream -> stream == null ? Long.valueOf(0) : Long.valueOf(stream.handle()))
                .toList();
    }

    /** The process has its own; while this process holds the ends of pipes, their readers would never see an end. */
    void release() {
        for (Machine.Stream stream : streams) {
            if (stream != null) {
                stream.close();
            }
        }
    }
}
