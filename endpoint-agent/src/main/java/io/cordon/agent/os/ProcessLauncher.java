package io.cordon.agent.os;

/** Starts confined processes on behalf of a pending local request, and tells what becomes of them. */
public interface ProcessLauncher {
    /**
     * Starts the run for the pending request {@code id}. Never throws for a run that cannot be started: the listener is told.
     * Exactly one of {@code exited}, {@code failed}, {@code lost} ends what the listener hears.
     */
    void launch(long id, ConfinementPlan plan, RunListener listener);

    /** Ends the run with everything in it; its listener still hears {@code exited}. Unknown ids are ignored. */
    void kill(long id, String reason);

    /**
     * The record of the run is durable, so the caller may be told the result. Until then the caller waits (bounded by the
     * launcher, so that a stuck agent does not hang it for ever).
     */
    void recorded(long id);

    /** What the launcher can do on this machine, for health and status. */
    Features features();

    /**
     * @param version of the launcher
     * @param processEvents whether the process tree is reported
     * @param limits how limits are kept: "cgroup v2", "cgroup v1" or "rlimits"
     */
    record Features(String version, boolean processEvents, String limits) {}
}
