package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.ConfinementPlan;

/**
 * Limits of a job. Always: killed with its last handle, no breakaway, no dialogue for a crash.
 *
 * @param processes at once, 0 for no limit
 * @param memoryBytes committed by all of them, 0 for no limit; resident memory, as on Linux, a job cannot limit
 * @param userInterface whether clipboard, atoms, other processes' windows, settings and signing out are withheld
 */
public record JobLimits(int processes, long memoryBytes, boolean userInterface) {
    private static final long MIB = 1L << 20;

    /** For processes of Cordon's own in the job, which the policy does not count. */
    JobLimits with(int more) {
        return processes == 0 ? this : new JobLimits(processes + more, memoryBytes, userInterface);
    }

    static JobLimits of(ConfinementPlan.Limits limits, boolean userInterface) {
        return new JobLimits(limits.processes(), limits.memoryMiB() * MIB, userInterface);
    }
}
