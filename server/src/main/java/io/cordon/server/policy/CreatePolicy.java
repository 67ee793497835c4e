package io.cordon.server.policy;

import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.PolicyName;
import io.cordon.server.access.Actor;
import io.cordon.server.access.AdminCommand;
import io.cordon.server.access.Permission;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.time.Instant;

/** Begins a document under a new name, as a draft; also how one is made from a baseline. */
record CreatePolicy(PolicyStore store, Instant now, String source, String reason) implements AdminCommand<Draft> {
    @Override
    public String action() {
        return "policy.create";
    }

    @Override
    public Permission permission() {
        return Permission.POLICY_WRITE;
    }

    @Override
    public Applied<Draft> apply(Actor actor) {
        PolicyDocument document = SourceReader.require(source);
        PolicyName name = document.metadata().name();
        store.find(name).ifPresent(present -> {
            if (present.draft() != null || present.current() != null) {
                throw Problem.of(
                        ProblemCode.POLICY_EXISTS,
                        "metadata.name: " + name + " (expected: a new name; PUT /admin/v1/policies/" + name
                                + "/draft changes the one that exists)");
            }
        });
        Draft draft = Drafts.saved(store.saveDraft(Drafts.of(document, source, actor.name(), reason, now), 0));
        return new Applied<>(draft, name.value());
    }
}
