package io.cordon.agent.broker;

import io.cordon.policy.document.Digest;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.resolve.Resolution;
import io.cordon.policy.resolve.Resolver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resolutions for tests, read from YAML as an endpoint reads them. */
final class Policies {
    private static final String ASSIGNMENTS = """
            apiVersion: cordon.io/v1
            kind: Assignments
            metadata: {name: assignments}
            spec: {rules: [{select: {os: [linux]}, policy: test}]}
            """;

    private Policies() {}

    /** A policy named test, revision 4, with this {@code spec}. */
    static Resolution resolve(String spec) {
        String source = """
                apiVersion: cordon.io/v1
                kind: SandboxPolicy
                metadata: {name: test, title: Test, description: A policy for tests., contact: ask@example.com}
                spec:
                """ + spec.indent(2);
        return Resolver.resolve(
                PolicySet.of(List.of(
                        published("policies/test.yaml", 4, source), published("assignments.yaml", 1, ASSIGNMENTS))),
                new EndpointFacts("e-1", "linux", "box", Set.of(), Map.of()),
                Instant.parse("2026-11-23T10:00:00Z"));
    }

    private static PublishedDocument published(String target, int revision, String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return new PublishedDocument(target, revision, Digest.of(bytes), document(target, bytes));
    }

    private static PolicyDocument document(String name, byte[] bytes) {
        ReadResult result = PolicyDocuments.read(name, bytes);
        if (result instanceof ReadResult.Accepted accepted) {
            return accepted.document();
        }
        throw new AssertionError(name + ": " + result);
    }

    static final String USUAL = """
            mode: enforce
            filesystem:
              read: {deny: ["~/.ssh"]}
              write: {roots: ["${workspace}", "${tmp}"], protect: [".git/hooks", ".git/config", ".codex"]}
            network: {mode: offline}
            process:
              limits: {processes: 64, memoryMiB: 1024, wallClockSeconds: 60, openFiles: 256}
              environment: {pass: ["PATH", "HOME", "LANG", "GREETING", "MY_TOKEN", "TMPDIR", "BAGGAGE"], withhold: ["*_TOKEN"], set: {FROM_POLICY: "yes"}}
            commands:
              default: allow
              unknown: prompt
              rules:
                - id: no-force-push
                  match: {argv: ["git", "push"], anyOf: ["--force"]}
                  decision: deny
                  reason: Force pushes rewrite shared history.
                  examples: {match: ["git push --force"], notMatch: ["git push"]}
                - id: deploy-asks
                  match: {argv: ["deploy"]}
                  decision: prompt
                  reason: It changes production.
                  examples: {match: ["deploy now"], notMatch: ["ls"]}
            telemetry: {arguments: redacted, redact: ["CUST-[0-9]{4}"], retainDays: 30}
            """;
}
