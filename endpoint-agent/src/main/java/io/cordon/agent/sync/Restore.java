package io.cordon.agent.sync;

import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.trust.ContentResult;
import io.cordon.policy.trust.LoadResult;
import io.cordon.policy.trust.TrustClient;
import io.cordon.policy.trust.TrustedTargets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings back at start what was in force before, without asking anyone.
 *
 * <p>First the last complete state of the signed repository, verified again. Where its documents cannot be used (the endpoint
 * refused them when they came, too), what was applied last, which is older and was verified when it was stored; that needs the
 * pinned root to be intact. Where nothing is whole, the strictest policy: never a part of a set, never a guess.
 */
final class Restore {
    private static final Logger LOG = Logger.getLogger(Restore.class.getName());

    private final TrustClient trust;
    private final AppliedPolicyFile file;
    private final PolicyKeeper keeper;

    Restore(TrustClient trust, AppliedPolicyFile file, PolicyKeeper keeper) {
        this.trust = trust;
        this.file = file;
        this.keeper = keeper;
    }

    /** Returns why the newest stored state could not be used; empty when it could, or nothing was ever stored. */
    Optional<String> run() {
        Optional<AppliedPolicy> applied = readApplied();
        applied.ifPresent(policy -> keeper.notBefore(policy.at()));
        String problem;
        try {
            ContentResult stored = trust.lastComplete();
            if (stored instanceof ContentResult.Nothing) {
                return Optional.empty();
            }
            if (stored instanceof ContentResult.Complete complete) {
                VerifiedDocuments.Read read = VerifiedDocuments.read(complete.targets(), complete.content());
                if (read instanceof VerifiedDocuments.Read.Documents documents) {
                    TrustedTargets targets = complete.targets();
                    keeper.apply(
                            documents.set(),
                            targets.versions(),
                            targets.expires(),
                            applied.filter(policy -> policy.targetsVersion()
                                            == targets.versions().targets())
                                    .map(AppliedPolicy::offer)
                                    .orElse(null),
                            null);
                    return Optional.empty();
                }
                problem = ((VerifiedDocuments.Read.Refused) read).reason();
            } else if (stored instanceof ContentResult.Refused refused) {
                problem = refused.rejection().message();
            } else {
                problem = ((ContentResult.Unreachable) stored).why();
            }
            if (rootIsIntact()) {
                applied.ifPresent(this::applyOlder);
            }
        } catch (IOException e) {
            problem = "the stored repository cannot be read: " + e.getMessage();
        }
        LOG.log(Level.WARNING, "stored policy state: {0}", problem);
        return Optional.of(problem);
    }

    private boolean rootIsIntact() throws IOException {
        return !(trust.loadTrusted() instanceof LoadResult.Refused refused)
                || refused.rejection().reason() != io.cordon.policy.trust.Refusal.STORE_CORRUPT
                        && refused.rejection().reason() != io.cordon.policy.trust.Refusal.NOT_INITIALISED;
    }

    private Optional<AppliedPolicy> readApplied() {
        try {
            return file.read();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0}; it is ignored", e.getMessage());
            return Optional.empty();
        }
    }

    private void applyOlder(AppliedPolicy applied) {
        List<PublishedDocument> documents = new ArrayList<>();
        for (AppliedPolicy.StoredDocument stored : applied.documents()) {
            if (!(PolicyDocuments.read(stored.target(), stored.bytes()) instanceof ReadResult.Accepted accepted)) {
                return;
            }
            documents.add(PolicyKeeper.published(stored, accepted.document()));
        }
        if (VerifiedDocuments.set(documents) instanceof VerifiedDocuments.Read.Documents set) {
            // It is not known to be the newest from the moment it was stored on.
            keeper.apply(
                    set.set(),
                    new TrustedTargets.Versions(
                            applied.rootVersion(), 0, applied.snapshotVersion(), applied.targetsVersion()),
                    applied.at(),
                    applied.offer(),
                    null);
        }
    }
}
