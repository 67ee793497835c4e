package io.cordon.agent.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import io.cordon.policy.trust.KeyPairSigner;
import io.cordon.policy.trust.Lifetimes;
import io.cordon.policy.trust.Publisher;
import io.cordon.policy.trust.RepositoryFiles;
import io.cordon.policy.trust.Role;
import io.cordon.policy.trust.RoleKeys;
import io.cordon.policy.trust.RootKeys;
import io.cordon.policy.trust.Signers;
import io.cordon.policy.trust.TargetContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A signed repository with its keys, as a server holds it. */
public final class TestRepository {
    private final Publisher publisher;
    private final Signers signers;
    private final Map<String, Integer> revisions = new HashMap<>();
    private final Map<String, TargetContent> targets = new TreeMap<>();
    private volatile RepositoryFiles files;

    public TestRepository(InstantSource clock) {
        this(clock, Lifetimes.standard());
    }

    public TestRepository(InstantSource clock, Lifetimes lifetimes) {
        publisher = new Publisher(clock, lifetimes);
        KeyPairSigner root = KeyPairSigner.generateEd25519();
        KeyPairSigner online = KeyPairSigner.generateEd25519();
        signers = Signers.none()
                .with(Role.ROOT, root)
                .with(Role.TARGETS, root)
                .with(Role.SNAPSHOT, online)
                .with(Role.TIMESTAMP, online);
        RoleKeys rootKeys = RoleKeys.single(root.key());
        RoleKeys onlineKeys = RoleKeys.single(online.key());
        files = publisher.initial(new RootKeys(rootKeys, rootKeys, onlineKeys, onlineKeys), signers);
    }

    /** Puts a document under a target path; it is served from the next {@link #publish()} on. */
    public TestRepository put(String target, String document) {
        int revision = revisions.merge(target, 1, Integer::sum);
        targets.put(
                target,
                new TargetContent(
                        document.getBytes(StandardCharsets.UTF_8),
                        JsonNodeFactory.instance.objectNode().put("revision", revision)));
        return this;
    }

    public TestRepository publish() {
        files = files.with(publisher.publish(files, targets, signers));
        return this;
    }

    public TestRepository refreshTimestamp() {
        files = files.with(publisher.refreshTimestamp(files, signers));
        return this;
    }

    public RepositoryFiles files() {
        return files;
    }

    /** Serves an older or altered state. */
    public void serve(RepositoryFiles other) {
        files = other;
    }

    public byte[] file(String path) {
        return Objects.requireNonNull(files.files().get(path), path);
    }

    /** Answers {@code /tuf/…}. */
    public void handle(HttpExchange exchange) throws IOException {
        byte[] found = files.files().get(exchange.getRequestURI().getPath().substring("/tuf/".length()));
        if (found == null) {
            FleetServer.reply(exchange, 404, "text/plain", "no such file");
        } else {
            FleetServer.reply(exchange, 200, "application/octet-stream", found);
        }
    }

    /** A policy that allows everything but {@code denied}. */
    public static String policy(String name, String denied) {
        return """
                apiVersion: cordon.io/v1
                kind: SandboxPolicy
                metadata: {name: %s, title: Test, description: A policy for tests., contact: ops@example.com}
                spec:
                  mode: enforce
                  filesystem:
                    read: {deny: ["~/.ssh"]}
                    write: {roots: ["${workspace}", "${tmp}"], protect: [".git/hooks"]}
                  network: {mode: offline}
                  process:
                    limits: {processes: 256, memoryMiB: 4096, wallClockSeconds: 1800, openFiles: 2048}
                    environment: {pass: ["PATH", "HOME"], withhold: ["*TOKEN*"]}
                    debugging: false
                  commands:
                    default: allow
                    unknown: prompt
                    rules:
                      - id: no-%1$s
                        match: {argv: ["%1$s"]}
                        decision: deny
                        reason: Not here.
                        examples: {match: ["%1$s"], notMatch: ["ls"]}
                  telemetry: {arguments: full}
                """.replace("%1$s", denied).formatted(name);
    }

    /** Every endpoint gets this policy. */
    public static String assignTo(String policy) {
        return """
                apiVersion: cordon.io/v1
                kind: Assignments
                metadata: {name: assignments}
                spec:
                  rules:
                    - {select: {}, policy: %s}
                """.formatted(policy);
    }

    /** The paths that make up the current seed. */
    public List<String> seedPaths() {
        String snapshot = files.files().keySet().stream()
                .filter(path -> path.endsWith(".snapshot.json"))
                .max((a, b) -> Integer.compare(version(a), version(b)))
                .orElseThrow();
        return List.of("metadata/1.root.json", "metadata/timestamp.json", snapshot);
    }

    private static int version(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return Integer.parseInt(name.substring(0, name.indexOf('.')));
    }
}
