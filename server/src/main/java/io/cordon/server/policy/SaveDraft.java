package io.cordon.server.policy;

import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.PolicyName;
import io.cordon.server.access.Actor;
import io.cordon.server.access.AdminCommand;
import io.cordon.server.access.Permission;
import java.time.Instant;

/**
 * Saves a draft of a document that exists.
 *
 * @param expectedRevision of the draft that was changed; 0 when there was none
 */
record SaveDraft(PolicyStore store, Instant now, PolicyName name, String source, int expectedRevision, String reason)
        implements AdminCommand<Draft> {
    @Override
    public String action() {
        return "policy.save-draft";
    }

    @Override
    public Permission permission() {
        return Permission.POLICY_WRITE;
    }

    @Override
    public Applied<Draft> apply(Actor actor) {
        PolicyEntry present = Drafts.require(store, name);
        PolicyDocument document = SourceReader.require(source, name, present.kind());
        Draft draft =
                Drafts.saved(store.saveDraft(Drafts.of(document, source, actor.name(), reason, now), expectedRevision));
        return new Applied<>(draft, name.value());
    }
}
