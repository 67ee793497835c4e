package io.cordon.agent.sync;

import io.cordon.policy.document.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was put in force last, as one unit: mode, policy, version and the documents they came from. Kept beside the verified
 * repository so that a restart without network resolves the same policy, also when the repository has moved on to a state that
 * this endpoint refuses.
 *
 * @param at when it was put in force; time never counts as earlier than this again
 * @param offer hash of the hint that it satisfied; null when there was none
 * @param documents those that took part, and the assignments that chose them
 */
record AppliedPolicy(
        Instant at,
        String policyName,
        int policyVersion,
        String mode,
        String digest,
        long rootVersion,
        long targetsVersion,
        long snapshotVersion,
        @Nullable String offer,
        List<StoredDocument> documents) {
    AppliedPolicy {
        documents = List.copyOf(documents);
    }

    /** One document as it was signed. */
    record StoredDocument(String target, int revision, Digest digest, byte[] bytes) {}
}
