package io.cordon.server.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.policy.document.Digest;
import io.cordon.policy.model.Assignments;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.model.SandboxPolicy;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.trust.TargetContent;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The documents that are in force together, as the resolver and as the repository want them. */
final class CurrentSet {
    private CurrentSet() {}

    static PolicySet policySet(List<PublishedRevision> revisions) {
        return PolicySet.of(revisions.stream().map(CurrentSet::published).toList());
    }

    private static PublishedDocument published(PublishedRevision revision) {
        PolicyDocument document = SourceReader.require(revision.source());
        return new PublishedDocument(
                document.targetPath(), revision.revision(), new Digest(revision.digest()), document);
    }

    /** What is signed: the exact bytes, and who and what they are. */
    static Map<String, TargetContent> targets(List<PublishedRevision> revisions) {
        Map<String, TargetContent> targets = new TreeMap<>();
        for (PublishedRevision revision : revisions) {
            ObjectNode custom = JsonNodeFactory.instance.objectNode();
            custom.put("kind", revision.kind().word());
            custom.put("name", revision.name().value());
            custom.put("revision", revision.revision());
            targets.put(
                    revision.kind().targetPath(revision.name()),
                    new TargetContent(revision.source().getBytes(StandardCharsets.UTF_8), custom));
        }
        return targets;
    }

    /** Refuses a set in which a document names another that is not published: endpoints would fall back to the strictest. */
    static void requireComplete(PolicySet set) {
        Assignments assignments = set.assignments().orElse(null);
        if (assignments == null) {
            return;
        }
        Set<String> policies = set.documents().stream()
                .map(PublishedDocument::document)
                .filter(SandboxPolicy.class::isInstance)
                .map(document -> document.metadata().name().value())
                .collect(Collectors.toSet());
        List<io.cordon.policy.document.Problem> missing = new ArrayList<>();
        for (int i = 0; i < assignments.rules().size(); i++) {
            String named = assignments.rules().get(i).policy().value();
            if (!policies.contains(named)) {
                missing.add(SourceReader.problem(
                        assignments,
                        "/spec/rules/" + i + "/policy",
                        "policy: " + named + " (expected: a published SandboxPolicy)",
                        "Publish " + named + " first, or assign another policy."));
            }
        }
        if (!missing.isEmpty()) {
            throw Problem.of(
                            ProblemCode.POLICY_REFERENCE_BROKEN,
                            "assignments, line " + missing.get(0).line() + ": "
                                    + missing.get(0).message() + ". "
                                    + missing.get(0).remedy())
                    .withErrors(missing);
        }
    }
}
