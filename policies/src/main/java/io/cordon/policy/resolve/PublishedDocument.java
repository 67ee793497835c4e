package io.cordon.policy.resolve;

import io.cordon.policy.document.Digest;
import io.cordon.policy.model.PolicyDocument;

/**
 * A document as it was signed.
 *
 * @param target its target path, which must be {@link PolicyDocument#targetPath()}
 * @param revision counted from 1 for each target
 * @param digest SHA-256 of the signed bytes
 */
public record PublishedDocument(String target, int revision, Digest digest, PolicyDocument document) {

    public PublishedDocument {
        if (revision < 1) {
            throw new IllegalArgumentException(target + " revision: " + revision + " (expected: 1 or more)");
        }
    }
}
