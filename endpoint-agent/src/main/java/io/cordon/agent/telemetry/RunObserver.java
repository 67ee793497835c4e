package io.cordon.agent.telemetry;

/** Told what becomes of runs, beside the record. Called on the thread of the run: must be quick and must not throw. */
public interface RunObserver {
    /** Decided, and on its way; also for a run that was refused, which ends at once. */
    void began(RunFacts facts);

    /** @param pid in the host's namespace */
    void started(RunFacts facts, long pid);

    void ended(RunFacts facts, RunOutcome outcome);
}
