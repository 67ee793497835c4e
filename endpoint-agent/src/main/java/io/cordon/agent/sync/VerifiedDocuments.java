package io.cordon.agent.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.policy.document.Digest;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.Problem;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.trust.TargetFile;
import io.cordon.policy.trust.TrustedTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Verified bytes become policies, all of them or none: a set from which one document was left out could permit what the whole
 * set does not.
 */
final class VerifiedDocuments {
    private VerifiedDocuments() {}

    /** The set, or why there is none. */
    sealed interface Read {
        record Documents(PolicySet set) implements Read {}

        /** @param reason a stable code, a colon, and words */
        record Refused(String reason) implements Read {}
    }

    /** Reads every target of one verified state. */
    static Read read(TrustedTargets targets, Map<String, byte[]> content) {
        List<PublishedDocument> documents = new ArrayList<>();
        for (Map.Entry<String, TargetFile> target : targets.files().entrySet()) {
            byte[] bytes = content.get(target.getKey());
            if (bytes == null) {
                return new Read.Refused("policy.document-missing: " + target.getKey());
            }
            JsonNode revision = target.getValue().custom().path("revision");
            if (!revision.canConvertToInt() || revision.asInt() < 1) {
                return new Read.Refused("policy.document-invalid: " + target.getKey() + ": signed revision: " + revision
                        + " (expected: 1 or more)");
            }
            ReadResult result = PolicyDocuments.read(target.getKey(), bytes);
            if (result instanceof ReadResult.Refused refused) {
                return new Read.Refused(reason(target.getKey(), refused.problems()));
            }
            documents.add(new PublishedDocument(
                    target.getKey(), revision.asInt(), Digest.of(bytes), ((ReadResult.Accepted) result).document()));
        }
        return set(documents);
    }

    /** The documents as one set. */
    static Read set(List<PublishedDocument> documents) {
        List<String> inconsistencies = PolicySet.inconsistencies(documents);
        return inconsistencies.isEmpty()
                ? new Read.Documents(PolicySet.of(documents))
                : new Read.Refused("policy.set-inconsistent: " + String.join("; ", inconsistencies));
    }

    static String reason(String target, List<Problem> problems) {
        Problem first = problems.get(0);
        return "policy.document-invalid: " + target + ":" + first.line() + ": " + first.message()
                + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "");
    }
}
