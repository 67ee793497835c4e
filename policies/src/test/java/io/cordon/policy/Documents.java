package io.cordon.policy;

import io.cordon.policy.document.Digest;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.Problem;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.model.PolicyDocument;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.resolve.Resolution;
import io.cordon.policy.resolve.Resolver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Documents as tests write them. */
public final class Documents {

    public static final EndpointFacts ENDPOINT =
            new EndpointFacts("endpoint-1", "linux", "build-7", Set.of("engineering"), Map.of("team", "a"));

    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private Documents() {}

    public static PolicyDocument accepted(String text) {
        ReadResult result = PolicyDocuments.read("test.yaml", text.getBytes(StandardCharsets.UTF_8));
        if (result instanceof ReadResult.Accepted accepted) {
            return accepted.document();
        }
        throw new AssertionError("refused: " + result);
    }

    public static List<Problem> problems(String text) {
        return problems(text.getBytes(StandardCharsets.UTF_8));
    }

    public static List<Problem> problems(byte[] bytes) {
        ReadResult result = PolicyDocuments.read("test.yaml", bytes);
        if (result instanceof ReadResult.Refused refused) {
            return refused.problems();
        }
        throw new AssertionError("accepted: " + result);
    }

    public static PublishedDocument published(String text) {
        PolicyDocument document = accepted(text);
        return new PublishedDocument(
                document.targetPath(), 3, Digest.of(text.getBytes(StandardCharsets.UTF_8)), document);
    }

    /** Everything in one set, with an assignment of the policy to every endpoint. */
    public static PolicySet set(String policyName, String... texts) {
        List<PublishedDocument> all = new ArrayList<>();
        for (String text : texts) {
            all.add(published(text));
        }
        all.add(published("""
                apiVersion: cordon.io/v1
                kind: Assignments
                metadata: {name: assignments}
                spec:
                  rules:
                    - {select: {}, policy: %s}
                """.formatted(policyName)));
        return PolicySet.of(all);
    }

    public static Resolution resolve(String policyName, String... texts) {
        return Resolver.resolve(set(policyName, texts), ENDPOINT, NOW);
    }

    /** A small policy; {@code rules} is the text of the list, indented by six. */
    public static String policy(String commandsDefault, String rules) {
        return """
                apiVersion: cordon.io/v1
                kind: SandboxPolicy
                metadata: {name: small, contact: ask@example.com}
                spec:
                  mode: enforce
                  filesystem:
                    read: {deny: ["~/.ssh", "~/.aws"]}
                    write: {roots: ["${workspace}", "${tmp}"], protect: [".git/hooks"]}
                  network:
                    mode: proxy
                    allow: [{host: "*.example.com", ports: [443]}]
                    deny: [{host: "bad.example.com"}]
                    loopback: {ports: [9999, 5432]}
                  process:
                    limits: {processes: 100, memoryMiB: 1000, wallClockSeconds: 100, openFiles: 100}
                    environment: {pass: ["PATH", "LC_*"], withhold: ["*_TOKEN"], set: {A: b}}
                    debugging: true
                  commands:
                    default: %s
                    unknown: prompt
                    rules:
                %s
                """.formatted(
                commandsDefault, rules.isEmpty() ? "      []" : rules.indent(6).stripTrailing());
    }
}
