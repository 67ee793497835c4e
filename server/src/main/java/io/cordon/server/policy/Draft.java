package io.cordon.server.policy;

import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyName;
import java.time.Instant;

/**
 * A document that is being worked on; always one that reads without a problem.
 *
 * @param revision number of this saved state; whoever saves the next has to name it
 * @param reason why it was last saved
 */
public record Draft(
        PolicyName name,
        DocumentKind kind,
        int revision,
        String title,
        String description,
        String source,
        String author,
        String reason,
        Instant updatedAt) {}
