package io.cordon.policy.trust;

import io.cordon.policy.trust.StoredState.Verified;
import java.io.IOException;

/** Follows the chain of roots from the pinned one to the newest (specification 5.3). */
final class RootChain {
    private final TrustStore store;
    private final Fetcher fetcher;
    private final Limits limits;

    RootChain(TrustStore store, Fetcher fetcher, Limits limits) {
        this.store = store;
        this.fetcher = fetcher;
        this.limits = limits;
    }

    /** The newest root that is served, each one on the way verified and stored. Expiry is the caller's to check. */
    Verified<RootMetadata> follow(Verified<RootMetadata> pinned) throws IOException, RejectedException {
        // 5.3.2: N is the version of the trusted root.
        Verified<RootMetadata> trusted = pinned;
        for (int i = 0; i < limits.rootUpdates(); i++) {
            long next = trusted.metadata().version() + 1;
            String subject = next + ".root.json";
            byte[] bytes;
            try {
                // 5.3.3: try N+1, up to W bytes; when there is none, or after Y roots, go on with what is trusted.
                bytes = Download.bounded(fetcher, "metadata/" + subject, limits.rootLength(), "5.3.3");
            } catch (FetchException.NotFound e) {
                break;
            }
            // 5.3.7 to 5.3.9: the new root becomes trusted, is persisted, and the loop goes on.
            trusted = completeStep(store, trusted, verifyNext(trusted.metadata(), bytes, subject));
        }
        return trusted;
    }

    private static Verified<RootMetadata> verifyNext(RootMetadata trusted, byte[] bytes, String subject)
            throws RejectedException {
        Envelope envelope = Envelope.parse(bytes, subject);
        RootMetadata next = RootMetadata.parse(envelope.signed(), subject);
        // 5.3.4: a threshold of the old keys and a threshold of the new keys.
        envelope.requireThreshold(trusted, Role.ROOT, subject, "5.3.4 (old keys)");
        envelope.requireThreshold(next, Role.ROOT, subject, "5.3.4 (new keys)");
        // 5.3.5: exactly the next version.
        if (next.version() != trusted.version() + 1) {
            throw new RejectedException(
                    Refusal.WRONG_VERSION,
                    subject,
                    "version " + next.version(),
                    "version " + (trusted.version() + 1),
                    "5.3.5");
        }
        // 5.3.6: the expiry of an intermediate root does not matter.
        return new Verified<>(next, bytes);
    }

    /**
     * Stores a verified root as the trusted one. The copy is written first: if the power fails in between, the next load finds
     * it ahead and does the rest, so that a key rotation is never half done.
     */
    static Verified<RootMetadata> completeStep(
            TrustStore store, Verified<RootMetadata> trusted, Verified<RootMetadata> next) throws IOException {
        store.write(StoredFile.ROOT_AHEAD, next.bytes());
        boolean snapshotRevoked = trusted.metadata().revokesKeyOf(Role.SNAPSHOT, next.metadata());
        // 5.3.11: whoever held a key that is now revoked may have driven the version numbers up (fast-forward).
        if (snapshotRevoked || trusted.metadata().revokesKeyOf(Role.TIMESTAMP, next.metadata())) {
            store.delete(StoredFile.TIMESTAMP);
            store.delete(StoredFile.SNAPSHOT);
        }
        // The version of targets may be recovered by rotating the snapshot key only; what is complete stays in force
        // (T-17).
        if (snapshotRevoked) {
            store.delete(StoredFile.TARGETS);
        }
        store.write(StoredFile.ROOT, next.bytes());
        return next;
    }
}
