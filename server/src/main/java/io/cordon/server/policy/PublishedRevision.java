package io.cordon.server.policy;

import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyName;
import java.time.Instant;

/**
 * A document as it was published, for ever.
 *
 * @param revision counted from 1 for each name
 * @param digest SHA-256 of the source's bytes, lower-case hexadecimal: what the signed metadata holds
 */
public record PublishedRevision(
        PolicyName name,
        DocumentKind kind,
        int revision,
        String title,
        String description,
        String source,
        String digest,
        String author,
        String reason,
        Instant publishedAt) {}
