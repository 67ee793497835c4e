package io.cordon.agent.os.windows.launch;

import java.util.List;

/**
 * One {@code CreateProcessAsUserW}.
 *
 * @param application full path of the program
 * @param environment block, ended by two NULs
 * @param desktop for {@code lpDesktop}
 * @param streams handles of standard input, output and error; 0 where the pseudo console is meant
 * @param pseudoConsole handle, 0 for none
 */
public record StartPlan(
        String application,
        String commandLine,
        String environment,
        String cwd,
        String desktop,
        List<Long> streams,
        long job,
        long pseudoConsole) {
    public StartPlan {
        streams = List.copyOf(streams);
        if (streams.size() != 3) {
            throw new IllegalArgumentException("streams: " + streams.size() + " (expected: 3)");
        }
    }

    /** Handles that are inherited: the given ones, each once, and nothing else of the service. */
    public List<Long> inherited() {
        return streams.stream().filter(handle -> handle != 0).distinct().toList();
    }
}
