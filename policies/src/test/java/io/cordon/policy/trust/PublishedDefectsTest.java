package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.refused;
import static io.cordon.policy.trust.Repository.trusted;
import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other implementations got wrong, by the name under which it was published. The defects of delegation (terminating,
 * cycles, order, roll back of a delegated role) cannot arise while metadata that delegates is refused as a whole.
 */
class PublishedDefectsTest {
    private final Repository repository = new Repository();

    /** CVE-2025-2885: the version inside a new root was not compared with the one asked for. */
    @ParameterizedTest
    @ValueSource(longs = {1, 3, 1_000_000})
    void cve2025_2885_rootOfAnotherVersionThanTheNextIsRefused(long version) throws IOException {
        byte[] root = Forge.change(
                file("1.root.json"), signed -> signed.put("version", version), repository.root1, repository.root2);
        repository.server.serve("metadata/2.root.json", root);

        refused(Refusal.WRONG_VERSION, repository.enrolled().refresh());
    }

    /** CVE-2025-2886, CVE-2025-2887, GHSA-j8x2-777p-23fc, CVE-2024-47534: all in the handling of delegations. */
    @Test
    void cve2025_2886_2887_2024_47534_delegationsAreRefusedAndNeverIgnored() throws IOException {
        refusedTargets(Refusal.DELEGATIONS, signed -> {
            ObjectNode role =
                    signed.withObject("/delegations").putArray("roles").addObject();
            role.put("name", "team-a")
                    .put("threshold", 1)
                    .put("terminating", true)
                    .putArray("keyids");
            role.putArray("paths").add("policies/team-a/*");
        });
        refusedTargets(
                Refusal.DELEGATIONS,
                signed -> signed.withObject("/delegations")
                        .putObject("succinct_roles")
                        .put("bit_length", 8));
        refusedTargets(
                Refusal.DELEGATIONS, signed -> signed.withObject("/delegations").put("roles", "team-a"));
    }

    /** CVE-2025-2888: a timestamp was stored before it was checked, and blocked the genuine one from then on. */
    @Test
    void cve2025_2888_rejectedTimestampIsNeverStored() throws IOException {
        InMemoryTrustStore store = new InMemoryTrustStore();
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        byte[] genuine = file("timestamp.json");
        byte[] unsigned = Forge.change(genuine, signed -> signed.put("version", 50), repository.approver1);
        byte[] expired = Forge.change(
                genuine,
                signed -> signed.put("version", 50).put("expires", "2020-01-01T00:00:00Z"),
                repository.timestampKey);
        byte[] lowersSnapshot = Forge.change(
                genuine,
                signed -> signed.put("version", 50)
                        .withObject("/meta/snapshot.json")
                        .put("version", 0),
                repository.timestampKey);

        for (byte[] rejected : new byte[][] {unsigned, expired, lowersSnapshot, new byte[] {'{'}}) {
            repository.server.serve("metadata/timestamp.json", rejected);
            assertInstanceOf(RefreshResult.Refused.class, client.refresh());
            assertArrayEquals(genuine, store.read(StoredFile.TIMESTAMP).orElseThrow());
        }

        repository.publish("policies/a.yaml", "a");
        assertEquals(2, verified(client.refresh()).versions().timestamp());
    }

    /** GHSA-66x3-6cw3-v5gj: roll back protection did not hold for every role. */
    @Test
    void ghsa_66x3_everyRoleIsProtectedAgainstRollBack() throws IOException {
        RepositoryFiles first = repository.published;
        repository.publish("policies/a.yaml", "a");
        TrustClient client = repository.enrolled();
        verified(client.refresh());

        repository.server.serve("metadata/timestamp.json", first.files().get(RepositoryFiles.TIMESTAMP));
        assertEquals("5.4.3.1", refused(Refusal.ROLLBACK, client.refresh()).step());
        repository.serverSignsTimestamp(9, first.files().get("metadata/1.snapshot.json"), 1);
        assertEquals("5.4.3.2", refused(Refusal.ROLLBACK, client.refresh()).step());
        repository.serverSigns(9, first.files().get("metadata/1.targets.json"), 1);
        assertEquals("5.5.5", refused(Refusal.ROLLBACK, client.refresh()).step());
        assertEquals(new TrustedTargets.Versions(1, 9, 2, 2), trusted(client).versions());
    }

    /** As above, when the stored file that the specification compares with was lost. */
    @ParameterizedTest
    @EnumSource(names = {"TIMESTAMP", "SNAPSHOT"})
    void ghsa_66x3_rollBackIsNoticedThoughAStoredFileWasLost(StoredFile lost) throws IOException {
        RepositoryFiles first = repository.published;
        repository.publish("policies/a.yaml", "a");
        InMemoryTrustStore store = new InMemoryTrustStore();
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        store.delete(lost);

        repository.serverSigns(9, first.files().get("metadata/1.targets.json"), 1);
        refused(Refusal.ROLLBACK, client.refresh());
    }

    /** sigstore-java pull request 1061: a role that vanished from the snapshot went unnoticed. */
    @Test
    void sigstoreJava1061_roleThatVanishesFromTheSnapshotIsARollBack() throws IOException {
        byte[] listing = Forge.change(
                file("1.snapshot.json"),
                signed ->
                        signed.put("version", 2).withObject("/meta/extra.json").put("version", 1),
                repository.snapshotKey);
        repository.serverSignsTimestamp(2, listing, 2);
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        byte[] without =
                Forge.change(file("1.snapshot.json"), signed -> signed.put("version", 3), repository.snapshotKey);
        repository.serverSignsTimestamp(3, without, 3);

        assertEquals(
                "no longer listed", refused(Refusal.ROLLBACK, client.refresh()).found());
    }

    /** GHSA-g2pf-6v5v-qcc8: verification could be side-stepped. Nothing here can be configured to accept no signature. */
    @ParameterizedTest
    @ValueSource(strings = {"timestamp.json", "1.snapshot.json", "1.targets.json"})
    void ghsa_g2pf_metadataWithoutSignaturesIsRefusedWhateverTheLimits(String name) throws IOException {
        byte[] unsigned = Forge.edit(file(name), file -> file.putArray("signatures"));
        switch (name) {
            case "timestamp.json" -> repository.server.serve("metadata/timestamp.json", unsigned);
            case "1.snapshot.json" -> repository.serverSignsTimestamp(2, unsigned, 1);
            default -> repository.serverSigns(2, unsigned, 1);
        }
        int max = Integer.MAX_VALUE;
        Limits widest = new Limits(max, max, max, max, max, max, max, Duration.ofDays(36_500));
        TrustClient client = repository.client(new InMemoryTrustStore(), widest);
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(Seed.ofRoot(file("1.root.json"))));

        refused(Refusal.SIGNATURE, client.refresh());
    }

    @ParameterizedTest
    @ValueSource(strings = {"root.json", "snapshot.json", "timestamp.json", "Root.json", "TARGETS.json"})
    void snapshotThatListsARoleUnderTheNameOfAnOwnFileIsRefused(String name) throws IOException {
        byte[] listing = Forge.change(
                file("1.snapshot.json"),
                signed -> signed.put("version", 2)
                        .withObject("/meta")
                        .putObject(name)
                        .put("version", 1),
                repository.snapshotKey);
        repository.serverSignsTimestamp(2, listing, 2);

        refused(Refusal.FORMAT, repository.enrolled().refresh());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "/etc/passwd", "a//b", "a/./b", "a\\b", "", "a/..", "a\u0000b"})
    void targetPathThatCouldLeaveItsFolderIsRefused(String path) throws IOException {
        refusedTargets(Refusal.FORMAT, signed -> {
            ObjectNode target = signed.withObject("/targets").putObject(path);
            target.put("length", 1).putObject("hashes").put("sha256", "0".repeat(64));
        });
    }

    private void refusedTargets(Refusal reason, Consumer<ObjectNode> change) throws IOException {
        byte[] targets = Forge.change(
                file("1.targets.json"),
                change.andThen(signed -> signed.put("version", 2)),
                repository.approver1,
                repository.approver2);
        repository.serverSigns(2, targets, 2);
        refused(reason, repository.enrolled().refresh());
    }

    private byte[] file(String name) {
        return repository.file("metadata/" + name);
    }
}
