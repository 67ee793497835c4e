package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.FileBoundary;
import io.cordon.policy.document.Digest;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.resolve.ResolvedPolicy;
import io.cordon.policy.resolve.Resolver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policies with a file part, resolved as an endpoint does. */
final class TestPolicy {
    private TestPolicy() {}

    static ResolvedPolicy of(List<String> denied, List<String> roots, List<String> protect) {
        String source = """
                apiVersion: cordon.io/v1
                kind: SandboxPolicy
                metadata: {name: test, title: Test, description: A policy for tests., contact: ask@example.com}
                spec:
                  mode: enforce
                  filesystem:
                    read: {deny: %s}
                    write: {roots: %s, protect: %s}
                  network: {mode: offline}
                  commands: {default: allow, unknown: prompt}
                """.formatted(quoted(denied), quoted(roots), quoted(protect));
        String assignments = """
                apiVersion: cordon.io/v1
                kind: Assignments
                metadata: {name: assignments}
                spec: {rules: [{select: {os: [windows]}, policy: test}]}
                """;
        ResolvedPolicy policy = Resolver.resolve(
                        PolicySet.of(List.of(
                                published("policies/test.yaml", source), published("assignments.yaml", assignments))),
                        new EndpointFacts("e-1", "windows", "box", Set.of(), Map.of()),
                        Instant.parse("2026-11-23T10:00:00Z"))
                .policy();
        if (policy.filesystem().writeRoots().size() != Set.copyOf(roots).size()) {
            throw new AssertionError("not the policy that was written: " + policy.filesystem());
        }
        return policy;
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').toList().toString();
    }

    private static PublishedDocument published(String target, String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        ReadResult result = PolicyDocuments.read(target, bytes);
        if (result instanceof ReadResult.Accepted accepted) {
            return new PublishedDocument(target, 1, Digest.of(bytes), accepted.document());
        }
        throw new AssertionError(target + ": " + result);
    }

    static FileBoundary boundary(ResolvedPolicy policy) {
        return new FileBoundary(
                policy.mode() == Mode.ENFORCE,
                texts(policy.filesystem().readDeny()),
                texts(policy.filesystem().writeRoots()),
                texts(policy.filesystem().protectedPaths()));
    }

    private static List<String> texts(List<PathPattern> patterns) {
        return patterns.stream().map(PathPattern::value).toList();
    }
}
