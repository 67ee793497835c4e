package io.cordon.server.trust;

/** What is published now; the fleet compares with it what endpoints have applied. */
public interface RepositoryHead {

    /** SHA-256 over the versions of the current snapshot and targets metadata; equal exactly when nothing was published. */
    byte[] hash();

    /** Version of the current targets metadata; 0 before the first publication. */
    long targetsVersion();

    /** Version of the current snapshot metadata; 0 before the first publication. */
    long snapshotVersion();
}
