package io.cordon.policy.trust;

/** Outcome of reading one target. */
public sealed interface DownloadResult {
    /** The bytes, of the signed length and hashes. */
    record Verified(byte[] bytes) implements DownloadResult {}

    record Refused(Rejection rejection) implements DownloadResult {}

    record Unreachable(String why) implements DownloadResult {}
}
