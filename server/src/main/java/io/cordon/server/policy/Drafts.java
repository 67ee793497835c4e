package io.cordon.server.policy;

import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.PolicyName;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.time.Instant;
import java.util.Optional;

/** What the commands on drafts have in common. */
final class Drafts {
    private Drafts() {}

    static Draft of(PolicyDocument document, String source, String author, String reason, Instant now) {
        return new Draft(
                document.metadata().name(),
                document.kind(),
                0,
                document.metadata().title(),
                document.metadata().description(),
                source,
                author,
                reason,
                now);
    }

    static Draft saved(SaveResult result) {
        if (result instanceof SaveResult.Saved saved) {
            return saved.draft();
        }
        throw conflict(((SaveResult.Conflict) result).current());
    }

    /** Problem {@code policy.revision-conflict}; {@code errors} holds the draft as it is now, so that nothing is lost. */
    static Problem conflict(Optional<Draft> current) {
        String found = current.map(draft ->
                        "revision " + draft.revision() + ", saved by " + draft.author() + " at " + draft.updatedAt())
                .orElse("no draft");
        return Problem.of(
                        ProblemCode.POLICY_REVISION_CONFLICT,
                        "draft: " + found
                                + " (expected: the revision that you changed). Your text was not saved: merge it"
                                + " with the draft as it is now, which errors holds, and save again.")
                .withErrors(current.map(PolicyViews.DraftView::of).stream().toList());
    }

    static PolicyEntry require(PolicyStore store, PolicyName name) {
        return store.find(name).orElseThrow(() -> notFound(name.value()));
    }

    static Problem notFound(String name) {
        return Problem.of(
                ProblemCode.POLICY_NOT_FOUND,
                "policy: " + name + " (expected: the name of one that exists; GET /admin/v1/policies lists them)");
    }

    /** The name, or problem {@code policy.not-found} for what cannot be one. */
    static PolicyName name(String text) {
        try {
            return new PolicyName(text);
        } catch (IllegalArgumentException e) {
            throw notFound(text);
        }
    }
}
