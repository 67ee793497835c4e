package io.cordon.server.policy;

import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reference: what a {@link PolicyStore} does, with maps. */
public final class InMemoryPolicyStore implements PolicyStore {
    private static final class Document {
        DocumentKind kind;

        @Nullable
        Draft draft;

        int drafts;
        final List<PublishedRevision> revisions = new ArrayList<>();

        Document(DocumentKind kind) {
            this.kind = kind;
        }

        @Nullable
        PublishedRevision current() {
            return revisions.isEmpty() ? null : revisions.get(revisions.size() - 1);
        }
    }

    private final TreeMap<PolicyName, Document> documents = new TreeMap<>();

    @Override
    public synchronized List<PolicyEntry> list(@Nullable DocumentKind kind, @Nullable PolicyName after, int limit) {
        return documents.entrySet().stream()
                .filter(each -> kind == null || each.getValue().kind == kind)
                .filter(each -> after == null || each.getKey().compareTo(after) > 0)
                .map(each -> entry(each.getKey(), each.getValue()))
                .filter(each -> each.draft() != null || each.current() != null)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<PolicyEntry> find(PolicyName name) {
        return Optional.ofNullable(documents.get(name))
                .map(document -> entry(name, document))
                .filter(each -> each.draft() != null || each.current() != null);
    }

    private static PolicyEntry entry(PolicyName name, Document document) {
        return new PolicyEntry(name, document.kind, document.draft, document.current());
    }

    @Override
    public synchronized SaveResult saveDraft(Draft draft, int expectedRevision) {
        Document document = documents.computeIfAbsent(draft.name(), name -> new Document(draft.kind()));
        Draft present = document.draft;
        if ((present == null ? 0 : present.revision()) != expectedRevision) {
            return new SaveResult.Conflict(Optional.ofNullable(present));
        }
        if (present == null && document.revisions.isEmpty()) {
            document.kind = draft.kind();
        }
        document.drafts++;
        Draft saved = new Draft(
                draft.name(),
                document.kind,
                document.drafts,
                draft.title(),
                draft.description(),
                draft.source(),
                draft.author(),
                draft.reason(),
                draft.updatedAt());
        document.draft = saved;
        return new SaveResult.Saved(saved);
    }

    @Override
    public synchronized boolean removeDraft(PolicyName name, int revision) {
        Document document = documents.get(name);
        if (document == null || document.draft == null || document.draft.revision() != revision) {
            return false;
        }
        document.draft = null;
        return true;
    }

    @Override
    public synchronized void addRevision(PublishedRevision revision) {
        Document document = documents.computeIfAbsent(revision.name(), name -> new Document(revision.kind()));
        int expected = document.revisions.size() + 1;
        if (revision.revision() != expected) {
            throw new IllegalArgumentException(
                    revision.name() + " revision: " + revision.revision() + " (expected: " + expected + ")");
        }
        document.revisions.add(revision);
    }

    @Override
    public synchronized List<PublishedRevision> revisions(PolicyName name) {
        Document document = documents.get(name);
        List<PublishedRevision> all = new ArrayList<>(document == null ? List.of() : document.revisions);
        Collections.reverse(all);
        return all;
    }

    @Override
    public synchronized Optional<PublishedRevision> revision(PolicyName name, int revision) {
        return revisions(name).stream()
                .filter(each -> each.revision() == revision)
                .findAny();
    }

    @Override
    public synchronized List<PublishedRevision> current() {
        return documents.values().stream()
                .flatMap(document -> Stream.ofNullable(document.current()))
                .toList();
    }
}
