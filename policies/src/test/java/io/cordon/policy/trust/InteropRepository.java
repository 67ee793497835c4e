package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Writes repositories for an independent client to read: {@code first}, {@code second} (the same one after a rotation of the root and
 * timestamp keys and another publication), {@code third} (its targets signed anew), and {@code expired}. Started by {@code deploy/e2e/tuf-interop}.
 */
final class InteropRepository {
    private final KeyPairSigner root1 = KeyPairSigner.generateP256();
    // Not P-384: tuf-js hashes for every curve with SHA-256, where the scheme of that name says SHA-384.
    private final KeyPairSigner root2 = KeyPairSigner.generateP256();
    private final KeyPairSigner root3 = KeyPairSigner.generateEd25519();
    private final KeyPairSigner approver1 = KeyPairSigner.generateP256();
    private final KeyPairSigner approver2 = KeyPairSigner.generateP256();
    private final KeyPairSigner snapshotKey = KeyPairSigner.generateEd25519();
    private final KeyPairSigner timestampKey = KeyPairSigner.generateEd25519();
    private final RootKeys keys = new RootKeys(
            new RoleKeys(List.of(root1.key(), root2.key(), root3.key()), 2),
            new RoleKeys(List.of(approver1.key(), approver2.key()), 2),
            RoleKeys.single(snapshotKey.key()),
            RoleKeys.single(timestampKey.key()));
    private final Signers signers = Signers.none()
            .with(Role.ROOT, root1, root2)
            .with(Role.TARGETS, approver1, approver2)
            .with(Role.SNAPSHOT, snapshotKey)
            .with(Role.TIMESTAMP, timestampKey);

    private InteropRepository() {}

    public static void main(String[] args) throws IOException {
        new InteropRepository().write(Path.of(args[0]));
    }

    private void write(Path directory) throws IOException {
        InstantSource now = InstantSource.system();
        Publisher publisher = new Publisher(now, Lifetimes.standard());
        RepositoryFiles first = publisher.initial(keys, signers);
        first = first.with(publisher.publish(first, targets("mode: enforce\n"), signers));
        write(directory.resolve("first"), first);

        KeyPairSigner newTimestampKey = KeyPairSigner.generateP256();
        RootKeys next = new RootKeys(
                new RoleKeys(List.of(root2.key(), root3.key()), 2),
                keys.targets(),
                keys.snapshot(),
                RoleKeys.single(newTimestampKey.key()));
        Signers rotating = signers.with(Role.ROOT, root1, root2, root3).with(Role.TIMESTAMP, newTimestampKey);
        RepositoryFiles second = first.with(publisher.rotateRoot(first, next, rotating));
        second = second.with(publisher.publish(second, targets("mode: audit\n"), rotating));
        write(directory.resolve("second"), second);
        RepositoryFiles third = second.with(publisher.renewTargets(second, rotating));
        write(directory.resolve("third"), third);

        Publisher earlier = new Publisher(() -> now.instant().minus(Duration.ofDays(3)), Lifetimes.standard());
        write(directory.resolve("expired"), earlier.initial(keys, signers));
    }

    private static Map<String, TargetContent> targets(String policy) {
        ObjectNode custom = JsonNodeFactory.instance.objectNode();
        custom.put("kind", "SandboxPolicy").put("name", "balanced").put("revision", 1L << 53);
        custom.put("title", "Ausgewogen – 均衡 \ud83d\udd12 \"quoted\" \\");
        custom.putArray("list").addNull().add(true).add(-1);
        return Map.of(
                "policies/balanced.yaml",
                new TargetContent(policy.getBytes(StandardCharsets.UTF_8), custom),
                "assignments.yaml",
                TargetContent.of("rules: []\n".getBytes(StandardCharsets.UTF_8)));
    }

    private static void write(Path directory, RepositoryFiles files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }
}
