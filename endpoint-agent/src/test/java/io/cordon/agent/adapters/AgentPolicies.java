package io.cordon.agent.adapters;

import io.cordon.policy.document.Digest;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.resolve.ResolvedPolicy;
import io.cordon.policy.resolve.Resolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Policies for tests of adapters, read from YAML as an endpoint reads them. */
public final class AgentPolicies {
    private static final String ASSIGNMENTS = """
            apiVersion: cordon.io/v1
            kind: Assignments
            metadata: {name: assignments}
            spec: {rules: [{select: {os: [linux]}, policy: test}]}
            """;

    private AgentPolicies() {}

    /** The policy whose {@code spec} is kept in the test resources under this name. */
    public static ResolvedPolicy named(String name) {
        try (InputStream in = AgentPolicies.class.getResourceAsStream("/adapters/policies/" + name + ".yaml")) {
            return of(new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The policy with this {@code spec}. */
    public static ResolvedPolicy of(String spec) {
        String source = """
                apiVersion: cordon.io/v1
                kind: SandboxPolicy
                metadata: {name: test, title: Test, description: A policy for tests., contact: ask@example.com}
                spec:
                """ + spec.indent(2);
        return Resolver.resolve(
                        PolicySet.of(List.of(
                                published("policies/test.yaml", source), published("assignments.yaml", ASSIGNMENTS))),
                        new EndpointFacts("e-1", "linux", "box", Set.of(), Map.of()),
                        Instant.parse("2026-11-23T10:00:00Z"))
                .policy();
    }

    private static PublishedDocument published(String target, String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return new PublishedDocument(target, 1, Digest.of(bytes), document(target, bytes));
    }

    private static PolicyDocument document(String name, byte[] bytes) {
        ReadResult result = PolicyDocuments.read(name, bytes);
        if (result instanceof ReadResult.Accepted accepted) {
            return accepted.document();
        }
        throw new AssertionError(name + ": " + result);
    }
}
