package io.cordon.policy.trust;

import java.time.InstantSource;
import java.util.Map;

/**
 * The signing side. Pure: takes the files published so far, returns the files to add; store those first and replace {@code
 * metadata/timestamp.json} last.
 *
 * <p>Every method throws {@link PublishRefusedException} rather than sign what a client would refuse.
 */
public final class Publisher {
    public Publisher(InstantSource clock, Lifetimes lifetimes) {}

    /** A new repository: root version 1, and targets, snapshot and timestamp version 1 without any target. */
    public RepositoryFiles initial(RootKeys keys, Signers signers) {
        throw new UnsupportedOperationException();
    }

    /**
     * Replaces the set of targets.
     *
     * @param previous everything published so far; only the newest root and the current metadata are read
     * @param targets every target of the new state by path, for example {@code policies/balanced.yaml}
     * @param signers for targets, snapshot and timestamp
     */
    public RepositoryFiles publish(RepositoryFiles previous, Map<String, TargetContent> targets, Signers signers) {
        throw new UnsupportedOperationException();
    }

    /** Signs the same targets again with a new version and expiry, and a snapshot and timestamp for them. */
    public RepositoryFiles renewTargets(RepositoryFiles previous, Signers signers) {
        throw new UnsupportedOperationException();
    }

    /** A new snapshot and timestamp for the same targets, before the snapshot expires. */
    public RepositoryFiles refreshSnapshot(RepositoryFiles previous, Signers signers) {
        throw new UnsupportedOperationException();
    }

    /** A new timestamp for the same snapshot, before it expires. */
    public RepositoryFiles refreshTimestamp(RepositoryFiles previous, Signers signers) {
        throw new UnsupportedOperationException();
    }

    /**
     * The next root, signed by the thresholds of the old and the new root keys, and with it a new snapshot and timestamp, and
     * newly signed targets when the keys of targets changed.
     */
    public RepositoryFiles rotateRoot(RepositoryFiles previous, RootKeys next, Signers signers) {
        throw new UnsupportedOperationException();
    }
}
