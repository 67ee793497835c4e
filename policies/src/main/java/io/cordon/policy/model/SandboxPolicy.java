package io.cordon.policy.model;

/** The whole boundary: what a confined command may read, write, reach, run and use (SPEC 2). */
public record SandboxPolicy(
        Metadata metadata,
        Source source,
        Mode mode,
        Filesystem filesystem,
        Network network,
        ProcessRules process,
        Commands commands,
        Agents agents,
        Telemetry telemetry)
        implements PolicyDocument {

    @Override
    public DocumentKind kind() {
        return DocumentKind.SANDBOX_POLICY;
    }
}
