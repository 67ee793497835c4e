package io.cordon.server.trust;

/** What is published now; the fleet compares with it what endpoints have applied. */
public interface RepositoryHead {

    /** All of it at one moment. */
    Published published();

    /**
     * What one publication left.
     *
     * @param hash SHA-256 over the versions of the current snapshot and targets metadata; equal exactly when nothing was published
     * @param targetsVersion version of the current targets metadata; 0 before the first publication
     * @param snapshotVersion version of the current snapshot metadata; 0 before the first publication
     */
    record Published(byte[] hash, long targetsVersion, long snapshotVersion) {}
}
