package io.cordon.server.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * The attributes that people search, in columns of their own. Every one may be absent.
 *
 * @param decision allow, prompt or deny
 * @param enforced false when an audit-mode policy let a refused command run
 */
public record Promoted(
        @Nullable String user,
        @Nullable String runId,
        @Nullable String decision,
        @Nullable Boolean enforced,
        @Nullable String rule,
        @Nullable Integer exitCode,
        @Nullable String policyName,
        @Nullable Integer policyVersion,
        @Nullable String toolCallId,
        @Nullable String executable) {

    /** Nothing promoted. */
    public static final Promoted NONE = new Promoted(null, null, null, null, null, null, null, null, null, null);
}
