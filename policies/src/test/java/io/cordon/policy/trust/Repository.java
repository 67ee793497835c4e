package io.cordon.policy.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A repository with its keys, its server and a clock, as every test here starts: root 2 of 3, targets 2 of 3 approvers on
 * P-256, snapshot and timestamp one Ed25519 key each; targets live 90 days, snapshot and timestamp 30 and 7.
 */
final class Repository {
    static final Duration TARGETS_LIFETIME = Duration.ofDays(90);

    final MutableClock clock = new MutableClock();
    final FakeServer server = new FakeServer();
    final KeyPairSigner root1 = KeyPairSigner.generateP256();
    final KeyPairSigner root2 = KeyPairSigner.generateP256();
    final KeyPairSigner root3 = KeyPairSigner.generateP256();
    final KeyPairSigner approver1 = KeyPairSigner.generateP256();
    final KeyPairSigner approver2 = KeyPairSigner.generateP256();
    final KeyPairSigner approver3 = KeyPairSigner.generateP256();
    final KeyPairSigner snapshotKey = KeyPairSigner.generateEd25519();
    final KeyPairSigner timestampKey = KeyPairSigner.generateEd25519();
    final Publisher publisher = new Publisher(
            clock, new Lifetimes(Duration.ofDays(365), TARGETS_LIFETIME, Duration.ofDays(30), Duration.ofDays(7)));

    RootKeys keys = new RootKeys(
            new RoleKeys(List.of(root1.key(), root2.key(), root3.key()), 2),
            new RoleKeys(List.of(approver1.key(), approver2.key(), approver3.key()), 2),
            RoleKeys.single(snapshotKey.key()),
            RoleKeys.single(timestampKey.key()));
    Signers signers = Signers.none()
            .with(Role.ROOT, root1, root2)
            .with(Role.TARGETS, approver1, approver2)
            .with(Role.SNAPSHOT, snapshotKey)
            .with(Role.TIMESTAMP, timestampKey);
    RepositoryFiles published;

    Repository() {
        published = publisher.initial(keys, signers);
        server.serve(published);
    }

    /** Publishes these targets (path, text, path, text, …) and serves them. */
    RepositoryFiles publish(String... pathsAndTexts) {
        Map<String, TargetContent> targets = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            targets.put(pathsAndTexts[i], TargetContent.of(pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return add(publisher.publish(published, targets, signers));
    }

    /** Adds files to what is published and serves them. */
    RepositoryFiles add(RepositoryFiles newer) {
        published = published.with(newer);
        server.serve(newer);
        return newer;
    }

    /**
     * What somebody with the server's keys can do: a snapshot and a timestamp of this version over any targets file, served at
     * the path that this version of targets has.
     */
    void serverSigns(long version, byte[] targets, long targetsVersion) {
        byte[] snapshot = Forge.change(
                file("metadata/1.snapshot.json"),
                signed -> {
                    describe(signed, "targets.json", targetsVersion, targets).put("version", version);
                    signed.put(
                            "expires", clock.instant().plus(Duration.ofDays(7)).toString());
                },
                snapshotKey);
        server.serve("metadata/" + targetsVersion + ".targets.json", targets);
        serverSignsTimestamp(version, snapshot, version);
    }

    /** A timestamp by the server's key over any snapshot file, which is served too. */
    void serverSignsTimestamp(long version, byte[] snapshot, long snapshotVersion) {
        byte[] timestamp = Forge.change(
                file("metadata/timestamp.json"),
                signed -> {
                    describe(signed, "snapshot.json", snapshotVersion, snapshot).put("version", version);
                    signed.put(
                            "expires", clock.instant().plus(Duration.ofDays(7)).toString());
                },
                timestampKey);
        server.serve("metadata/" + snapshotVersion + ".snapshot.json", snapshot);
        server.serve("metadata/timestamp.json", timestamp);
    }

    private static ObjectNode describe(ObjectNode signed, String name, long version, byte[] bytes) {
        ObjectNode meta = signed.withObject("/meta").putObject(name);
        meta.put("version", version).put("length", bytes.length);
        meta.putObject("hashes").put("sha256", Hashes.sha256(bytes));
        return signed;
    }

    byte[] file(String path) {
        byte[] bytes = published.files().get(path);
        assertNotNull(bytes, path);
        return bytes;
    }

    /** A client over the store that has enrolled with the first root alone. */
    TrustClient enrolled(TrustStore store) throws IOException {
        TrustClient client = client(store);
        assertInstanceOf(SeedResult.class, client.initialise(Seed.ofRoot(file("metadata/1.root.json"))));
        return client;
    }

    TrustClient enrolled() throws IOException {
        return enrolled(new InMemoryTrustStore());
    }

    TrustClient client(TrustStore store) {
        return client(store, Limits.standard());
    }

    TrustClient client(TrustStore store, Limits limits) {
        return new TrustClient(store, server, clock, limits);
    }

    static TrustedTargets verified(RefreshResult result) {
        return assertInstanceOf(RefreshResult.Verified.class, result, result::toString)
                .targets();
    }

    static Rejection refused(Refusal reason, RefreshResult result) {
        Rejection rejection = assertInstanceOf(RefreshResult.Refused.class, result, result::toString)
                .rejection();
        assertEquals(reason, rejection.reason(), rejection::message);
        return rejection;
    }

    static Rejection refused(Refusal reason, DownloadResult result) {
        Rejection rejection = assertInstanceOf(DownloadResult.Refused.class, result, result::toString)
                .rejection();
        assertEquals(reason, rejection.reason(), rejection::message);
        return rejection;
    }

    static String text(DownloadResult result) {
        byte[] bytes = assertInstanceOf(DownloadResult.Verified.class, result, result::toString)
                .bytes();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static TrustedTargets trusted(TrustClient client) throws IOException {
        LoadResult result = client.loadTrusted();
        return assertInstanceOf(LoadResult.Trusted.class, result, result::toString)
                .targets();
    }
}
