package io.cordon.agent.telemetry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run when it has been decided, redacted as the policy says: nothing in here may not be stored.
 *
 * @param runId a UUID
 * @param session given by the caller or derived
 * @param statedReason the agent's own words
 * @param decision allow, prompt or deny
 * @param enforced false when the decision was only noted (audit mode)
 * @param arguments the command with its arguments
 * @param argumentsTruncated whether some were too long to keep
 * @param user account name on whose behalf it runs
 * @param userId decimal user id, or SID
 * @param notices where the confinement differs from what the policy asks for, one line each
 */
public record RunFacts(
        String runId,
        RunIds ids,
        Instant receivedAt,
        Instant decidedAt,
        String session,
        @Nullable String toolCall,
        @Nullable String statedReason,
        String decision,
        boolean enforced,
        String rule,
        String reason,
        PolicyFacts policy,
        String user,
        String userId,
        String executable,
        List<String> arguments,
        boolean argumentsTruncated,
        String workingDirectory,
        long callerPid,
        String callerExecutable,
        List<String> notices) {

    /** Which policy decided. */
    public record PolicyFacts(String name, int version, String digest, String mode) {}

    public RunFacts {
        arguments = List.copyOf(arguments);
        notices = List.copyOf(notices);
    }

    /** The same with what turned out on the way from the decision to the plan. */
    public RunFacts withNotices(List<String> more) {
        return new RunFacts(
                runId,
                ids,
                receivedAt,
                decidedAt,
                session,
                toolCall,
                statedReason,
                decision,
                enforced,
                rule,
                reason,
                policy,
                user,
                userId,
                executable,
                arguments,
                argumentsTruncated,
                workingDirectory,
                callerPid,
                callerExecutable,
                more);
    }
}
