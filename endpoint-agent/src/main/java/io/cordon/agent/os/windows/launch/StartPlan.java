package io.cordon.agent.os.windows.launch;

import java.util.List;
import java.util.stream.Stream;

/**
 * One {@code CreateProcessAsUserW}.
 *
 * @param application full path of the program
 * @param environment block, ended by two NULs
 * @param desktop for {@code lpDesktop}
 * @param streams handles of standard input, output and error; 0 for none
 * @param more handles that it inherits besides
 */
public record StartPlan(
        String application,
        String commandLine,
        String environment,
        String cwd,
        String desktop,
        List<Long> streams,
        List<Long> more,
        long job) {
    public StartPlan {
        streams = List.copyOf(streams);
        more = List.copyOf(more);
        if (streams.size() != 3) {
            throw new IllegalArgumentException("streams: " + streams.size() + " (expected: 3)");
        }
    }

    /** Handles that are inherited: the given ones, each once, and nothing else of the service. */
    public List<Long> inherited() {
        return Stream.concat(streams.stream(), more.stream())
                .filter(handle -> handle != 0)
                .distinct()
                .toList();
    }
}
