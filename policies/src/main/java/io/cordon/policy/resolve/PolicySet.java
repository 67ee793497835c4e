package io.cordon.policy.resolve;

import io.cordon.policy.model.Assignments;
import io.cordon.policy.model.DocumentKind;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.PolicyName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Every document of one state of the signed repository, by target path. */
public final class PolicySet {

    private final TreeMap<String, PublishedDocument> byTarget;

    private PolicySet(TreeMap<String, PublishedDocument> byTarget) {
        this.byTarget = byTarget;
    }

    /**
     * The set of the documents.
     *
     * @throws IllegalArgumentException when {@link #inconsistencies} finds any
     */
    public static PolicySet of(Collection<PublishedDocument> documents) {
        List<String> problems = inconsistencies(documents);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        TreeMap<String, PublishedDocument> byTarget = new TreeMap<>();
        documents.forEach(document -> byTarget.put(document.target(), document));
        return new PolicySet(byTarget);
    }

    /** What keeps the documents from being one set: a target given twice, or not named after its document. */
    public static List<String> inconsistencies(Collection<PublishedDocument> documents) {
        List<String> problems = new ArrayList<>();
        TreeMap<String, PublishedDocument> seen = new TreeMap<>();
        for (PublishedDocument published : documents) {
            String expected = published.document().targetPath();
            if (!published.target().equals(expected)) {
                problems.add("target: " + published.target() + " (expected: " + expected + ")");
            }
            if (seen.put(published.target(), published) != null) {
                problems.add("target: " + published.target() + " (expected: once)");
            }
        }
        return problems;
    }

    /** All documents, sorted by target path. */
    public List<PublishedDocument> documents() {
        return List.copyOf(byTarget.values());
    }

    /** The assignments, when published. */
    public Optional<Assignments> assignments() {
        return Optional.ofNullable(byTarget.get(DocumentKind.ASSIGNMENTS.targetPath(Assignments.NAME)))
                .map(found -> (Assignments) found.document());
    }

    <D extends PolicyDocument> List<PublishedDocument> ofKind(Class<D> type) {
        return byTarget.values().stream()
                .filter(published -> type.isInstance(published.document()))
                .toList();
    }

    /** The published policy of that name. */
    public Optional<PublishedDocument> policy(PolicyName name) {
        return Optional.ofNullable(byTarget.get(DocumentKind.SANDBOX_POLICY.targetPath(name)));
    }
}
