package io.cordon.agent.sync;

import io.cordon.policy.trust.ContentResult;
import io.cordon.policy.trust.RefreshResult;
import io.cordon.policy.trust.TrustClient;
import io.cordon.policy.trust.TrustedTargets;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** One round: refresh, download, read, resolve, put in force. Anything short of all of it changes nothing. */
final class PolicySync {
    private final TrustClient trust;
    private final PolicyKeeper keeper;
    private final InstantSource clock;

    PolicySync(TrustClient trust, PolicyKeeper keeper, InstantSource clock) {
        this.trust = trust;
        this.keeper = keeper;
        this.clock = clock;
    }

    /** @param offer the hint that leads to this round, if one does */
    Attempt run(@Nullable Offer offer) {
        try {
            RefreshResult result = trust.refresh();
            if (result instanceof RefreshResult.Refused refused) {
                return refused(offer, refused.rejection().message(), 0);
            }
            if (result instanceof RefreshResult.Unreachable unreachable) {
                return unreachable(offer, unreachable.why(), 0);
            }
            RefreshResult.Verified verified = (RefreshResult.Verified) result;
            return apply(offer, verified.targets(), verified.changed());
        } catch (IOException e) {
            return refused(offer, "sync.store: the trust folder cannot be used: " + e.getMessage(), 0);
        }
    }

    private Attempt apply(@Nullable Offer offer, TrustedTargets targets, boolean changed) throws IOException {
        long version = targets.versions().targets();
        boolean behind = offer != null
                && (version < offer.targetsVersion() || targets.versions().snapshot() < offer.snapshotVersion());
        @Nullable String answered = offer == null || behind ? null : offer.hash();
        if (changed || !keeper.holds(targets)) {
            ContentResult content = trust.downloadAll();
            if (content instanceof ContentResult.Refused refused) {
                return refused(offer, refused.rejection().message(), version);
            }
            if (!(content instanceof ContentResult.Complete complete)) {
                return unreachable(
                        offer,
                        content instanceof ContentResult.Unreachable unreachable ? unreachable.why() : "no targets",
                        version);
            }
            VerifiedDocuments.Read read = VerifiedDocuments.read(complete.targets(), complete.content());
            if (read instanceof VerifiedDocuments.Read.Refused refused) {
                return refused(offer, refused.reason(), version);
            }
            keeper.apply(
                    ((VerifiedDocuments.Read.Documents) read).set(),
                    targets.versions(),
                    targets.expires(),
                    answered,
                    complete.content());
        } else {
            keeper.confirm(targets, answered);
        }
        if (offer != null && behind) {
            return refused(
                    offer,
                    "sync.repository-behind: targets version: " + version + " (expected: at least "
                            + offer.targetsVersion() + ", as the server hinted)",
                    version);
        }
        return new Attempt(clock.instant(), Attempt.Status.APPLIED, "", offer, version);
    }

    private Attempt refused(@Nullable Offer offer, String reason, long version) {
        return new Attempt(clock.instant(), Attempt.Status.REFUSED, reason, offer, version);
    }

    private Attempt unreachable(@Nullable Offer offer, String why, long version) {
        return new Attempt(clock.instant(), Attempt.Status.UNREACHABLE, "sync.unreachable: " + why, offer, version);
    }
}
