package io.cordon.server.policy;

import io.cordon.policy.document.Digest;
import io.cordon.policy.model.PolicyName;
import io.cordon.policy.trust.PublishRefusedException;
import io.cordon.server.access.Actor;
import io.cordon.server.access.AdminCommand;
import io.cordon.server.access.Permission;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.cordon.server.trust.SignedRepository;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes a draft the newest revision and signs the set of documents that holds from now on. One transaction: the revision,
 * the signed metadata and the audit entry are there together or not at all. The repository's lock is taken first, so that
 * publishers take turns and each sees what the one before published.
 */
record PublishPolicy(
        PolicyStore store,
        SignedRepository repository,
        Instant now,
        PolicyName name,
        int expectedRevision,
        String reason)
        implements AdminCommand<PublishPolicy.Published> {

    /** What was published. */
    record Published(int revision, long targetsVersion) {}

    @Override
    public String action() {
        return "policy.publish";
    }

    @Override
    public Permission permission() {
        return Permission.POLICY_PUBLISH;
    }

    @Override
    public Applied<Published> apply(Actor actor) {
        repository.lock();
        PolicyEntry entry = Drafts.require(store, name);
        Draft draft = entry.draft();
        if (draft == null) {
            throw DiscardDraft.noDraft(name);
        }
        // removing it checks and locks: a save that comes in between makes this fail, never be lost
        if (draft.revision() != expectedRevision || !store.removeDraft(name, expectedRevision)) {
            throw Drafts.conflict(
                    Optional.ofNullable(Drafts.require(store, name).draft()));
        }
        SourceReader.require(draft.source(), name, entry.kind());
        PublishedRevision before = entry.current();
        int next = before == null ? 1 : before.revision() + 1;
        store.addRevision(new PublishedRevision(
                name,
                entry.kind(),
                next,
                draft.title(),
                draft.description(),
                draft.source(),
                Digest.of(draft.source().getBytes(StandardCharsets.UTF_8)).hex(),
                actor.name(),
                reason,
                now));
        List<PublishedRevision> current = store.current();
        CurrentSet.requireComplete(CurrentSet.policySet(current));
        return new Applied<>(new Published(next, sign(current)), name + " revision " + next);
    }

    private long sign(List<PublishedRevision> current) {
        try {
            return repository.publish(CurrentSet.targets(current));
        } catch (PublishRefusedException e) {
            throw Problem.of(ProblemCode.POLICY_DOCUMENT_INVALID, "It cannot be signed: " + e.getMessage());
        }
    }
}
