package io.cordon.policy.model;

/** A document that was read and found right; a document with any problem never becomes one of these. */
public sealed interface PolicyDocument permits SandboxPolicy, Tightening, PolicyException, Assignments {

    Metadata metadata();

    Source source();

    DocumentKind kind();

    /** The target path under which this document is signed and published. */
    default String targetPath() {
        return kind().targetPath(metadata().name());
    }
}
