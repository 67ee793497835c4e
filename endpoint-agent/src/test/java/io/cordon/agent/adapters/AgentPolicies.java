package io.cordon.agent.adapters;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cordon.policy.baseline.Baseline;
import io.cordon.policy.document.Digest;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.EndpointFacts;
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
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Policies for tests of adapters, read from YAML as an endpoint reads them. */
public final class AgentPolicies {
    public static final Surroundings LINUX =
            new Surroundings("linux", "/opt/cordon/bin/cordon", "http://127.0.0.1:4318", "http://127.0.0.1:4317");
    public static final Surroundings WINDOWS = new Surroundings(
            "windows", "C:\\Program Files\\Cordon\\bin\\cordon.exe", "http://127.0.0.1:4318", "http://127.0.0.1:4317");

    /** What every test needs and none is about. */
    private static final String REST = """
            filesystem: {write: {roots: ["${workspace}", "${tmp}"]}}
            network: {mode: offline}
            commands: {default: allow, unknown: prompt}
            """;

    /** What golden files exist for: a {@link #named} policy and an operating system. */
    public static Stream<Arguments> cases() {
        return Stream.of(
                arguments("offline", "linux"),
                arguments("offline", "windows"),
                arguments("proxy", "linux"),
                arguments("proxy", "windows"),
                arguments("online", "linux"),
                arguments("audit", "linux"),
                arguments("audit", "windows"),
                arguments("always", "linux"),
                arguments("mcp", "linux"),
                arguments("mcp", "windows"),
                arguments("no-mcp", "linux"),
                arguments("full-access", "linux"),
                arguments("denied", "linux"));
    }

    private AgentPolicies() {}

    /** @param os linux or windows */
    public static Surroundings machine(String os) {
        return os.equals("windows") ? WINDOWS : LINUX;
    }

    /** The policy whose {@code spec} is kept in the test resources under this name. */
    public static ResolvedPolicy named(String name) {
        try (InputStream in = AgentPolicies.class.getResourceAsStream("/adapters/policies/" + name + ".yaml")) {
            return of(new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A policy of the library, revision 7. */
    public static ResolvedPolicy library(String name) {
        return Baseline.library().stream()
                .filter(policy -> policy.name().equals(name))
                .map(policy -> resolve(name, 7, policy.yaml()))
                .findFirst()
                .orElseThrow();
    }

    /** A policy that enforces, with this {@code agents} section and nothing else of interest. */
    public static ResolvedPolicy agents(String agents) {
        return of("mode: enforce\n" + REST + "agents: " + agents + "\n");
    }

    /** A policy named test, revision 4, with this {@code spec}. */
    public static ResolvedPolicy of(String spec) {
        return resolve(
                "test",
                4,
                "apiVersion: cordon.io/v1\nkind: SandboxPolicy\n"
                        + "metadata: {name: test, title: Test, description: A policy for tests., contact: ask@example.com}\n"
                        + "spec:\n" + spec.indent(2));
    }

    private static ResolvedPolicy resolve(String name, int revision, String yaml) {
        String assignments = "apiVersion: cordon.io/v1\nkind: Assignments\nmetadata: {name: assignments}\n"
                + "spec: {rules: [{select: {}, policy: " + name + "}]}\n";
        return Resolver.resolve(
                        PolicySet.of(List.of(
                                published("policies/" + name + ".yaml", revision, yaml),
                                published("assignments.yaml", 1, assignments))),
                        new EndpointFacts("e-1", "linux", "box", Set.of(), Map.of()),
                        Instant.parse("2026-11-23T10:00:00Z"))
                .policy();
    }

    private static PublishedDocument published(String target, int revision, String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        if (PolicyDocuments.read(target, bytes) instanceof ReadResult.Accepted accepted) {
            return new PublishedDocument(target, revision, Digest.of(bytes), accepted.document());
        }
        throw new AssertionError(target + ": " + PolicyDocuments.read(target, bytes));
    }
}
