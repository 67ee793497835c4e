package io.cordon.agent.os;

import java.util.List;
import java.util.Map;

/**
 * Everything the launcher needs to start one confined process, as pure data: what is decided is decided before, and the
 * launcher checks and obeys.
 *
 * @param env the whole environment of the process
 * @param debugging whether processes inside may trace each other
 * @param hostname inside
 */
public record ConfinementPlan(
        Principal principal,
        String cwd,
        List<String> argv,
        Map<String, String> env,
        FileView files,
        NetworkPlan.Granted network,
        boolean debugging,
        Limits limits,
        String hostname) {

    public ConfinementPlan {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
    }

    /**
     * Bounds of the whole tree of the run; 0 means none.
     *
     * @param processes in the tree at once, at least 4 for the confinement itself
     * @param memoryMiB resident, of the whole tree
     * @param openFiles per process
     */
    public record Limits(int processes, int memoryMiB, int wallClockSeconds, int openFiles) {
        public static final Limits NONE = new Limits(0, 0, 0, 0);
    }
}
