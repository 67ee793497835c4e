package io.cordon.server.policy;

import io.cordon.policy.model.PolicyName;
import io.cordon.server.access.Actor;
import io.cordon.server.access.AdminCommand;
import io.cordon.server.access.Permission;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.util.Optional;

/** Throws a draft away; what is published stays. */
record DiscardDraft(PolicyStore store, PolicyName name, Optional<Integer> expectedRevision, String reason)
        implements AdminCommand<PolicyName> {
    @Override
    public String action() {
        return "policy.discard-draft";
    }

    @Override
    public Permission permission() {
        return Permission.POLICY_WRITE;
    }

    @Override
    public Applied<PolicyName> apply(Actor actor) {
        Draft draft = Drafts.require(store, name).draft();
        if (draft == null) {
            throw noDraft(name);
        }
        if (!store.removeDraft(name, expectedRevision.orElse(draft.revision()))) {
            throw Drafts.conflict(
                    Optional.ofNullable(Drafts.require(store, name).draft()));
        }
        return new Applied<>(name, name.value());
    }

    static Problem noDraft(PolicyName name) {
        return Problem.of(
                ProblemCode.POLICY_NO_DRAFT,
                "draft of " + name + ": none (expected: one; PUT /admin/v1/policies/" + name + "/draft makes it)");
    }
}
