package io.cordon.agent.adapters.discovery;

import java.util.List;
import java.util.Optional;

/** The processes of this machine, as its kernel tells them. */
public interface LocalProcesses {
    /** Most ancestors that are looked at. */
    int MOST_LINEAGE = 32;

    /**
     * @param user name of the account it runs as; empty when it cannot be told
     * @param executable resolved path of its program; empty when it cannot be told
     * @param arguments what follows the program's name; empty where the system does not tell
     */
    record Process(String user, String executable, List<String> arguments) {
        public Process {
            arguments = List.copyOf(arguments);
        }
    }

    /** All of them, up to a limit. */
    List<Process> all();

    /** One; empty when it has ended. */
    Optional<Process> of(long pid);

    /** A process and its ancestors, nearest first, at most {@link #MOST_LINEAGE}; empty when there is no such process. */
    List<Long> lineage(long pid);
}
