package io.cordon.agent.adapters.discovery;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Processes as the Java runtime sees them; on Windows without arguments. */
public final class HandleProcesses implements LocalProcesses {
    private static final int MOST = 20_000;

    @Override
    public List<Process> all() {
        return ProcessHandle.allProcesses()
                .limit(MOST)
                .map(HandleProcesses::read)
                .toList();
    }

    @Override
    public Optional<Process> of(long pid) {
        return ProcessHandle.of(pid).map(HandleProcesses::read);
    }

    @Override
    public List<Long> lineage(long pid) {
        return Stream.iterate(ProcessHandle.of(pid), Optional::isPresent, each -> each.flatMap(ProcessHandle::parent))
                .limit(MOST_LINEAGE)
                .flatMap(Optional::stream)
                .map(ProcessHandle::pid)
                .toList();
    }

    private static Process read(ProcessHandle handle) {
        ProcessHandle.Info info = handle.info();
        return new Process(
                info.user().orElse(""),
                info.command().orElse(""),
                info.arguments().map(List::of).orElse(List.of()));
    }
}
