package io.cordon.agent.os;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of one run. Called in order, from one thread per launcher. */
public interface RunListener {
    /** The confined process runs, with this process id in the host's namespace. */
    void started(long pid, Instant at);

    void process(ProcessEvent event);

    void exited(Exit exit);

    /**
     * It never ran.
     *
     * @param stage where it stopped, for example "plan-check", "exec"
     */
    void failed(String stage, String error);

    /** The launcher died or lost the run; by its own construction nothing of the run is alive. */
    void lost(String why);

    /**
     * One process of the run's tree was made, replaced its program, or ended.
     *
     * @param arguments of {@link Kind#EXEC}, the program's name first, as the process itself showed them; empty when they could
     *     not be had
     * @param argumentsTruncated whether there were more
     */
    record ProcessEvent(
            Kind kind,
            long pid,
            long parentPid,
            @Nullable String executable,
            List<String> arguments,
            boolean argumentsTruncated,
            @Nullable Integer exitCode,
            Instant at) {
        public ProcessEvent {
            arguments = List.copyOf(arguments);
        }

        /** The same with other arguments. */
        public ProcessEvent withArguments(List<String> other, boolean truncated) {
            return new ProcessEvent(kind, pid, parentPid, executable, other, truncated, exitCode, at);
        }

        /** What happened to the process. */
        public enum Kind {
            FORK,
            EXEC,
            EXIT
        }
    }

    /**
     * @param exitCode as the shell would show it
     * @param signal that ended it, 0 for none
     * @param limitsHit names out of "processes", "memory", "wallClock", "openFiles"
     * @param maxRssKiB peak resident set, 0 when unknown
     */
    record Exit(int exitCode, int signal, List<String> limitsHit, Instant at, long maxRssKiB, long cpuMicros) {
        public Exit {
            limitsHit = List.copyOf(limitsHit);
        }

        /** The status {@code cordon} exits with: the child's, or 128 and the signal. */
        public int status() {
            return signal == 0 ? exitCode : 128 + signal;
        }
    }
}
