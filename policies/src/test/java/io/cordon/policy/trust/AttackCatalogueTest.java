package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.refused;
import static io.cordon.policy.trust.Repository.text;
import static io.cordon.policy.trust.Repository.trusted;
import static io.cordon.policy.trust.Repository.verified;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The catalogue of attacks on a signed repository, cases 01 to 20; the rest is in {@link AttackCatalogueContinuedTest}. A case
 * number is never reused. Case 22 (a delegation to a team's key) belongs to the issue that brings team policies, and case 33
 * (approvals by passkey) to the one that brings signing ceremonies.
 */
class AttackCatalogueTest {
    private static final String POLICY = "policies/balanced.yaml";

    private final Repository repository = new Repository();

    @Test
    void case01_bootstrapWithThresholdTwoOfThreeAndAFileInASubDirectory() throws IOException {
        repository.publish(POLICY, "mode: enforce");
        TrustClient client = repository.enrolled();

        TrustedTargets targets = verified(client.refresh());

        assertEquals(new TrustedTargets.Versions(1, 2, 2, 2), targets.versions());
        assertEquals("mode: enforce", text(client.download(POLICY)));
    }

    @Test
    void case02_targetTamperedAtTheSameLengthIsRefused() throws IOException {
        repository.publish(POLICY, "mode: enforce");
        TrustClient client = repository.enrolled();
        TargetFile file = verified(client.refresh()).files().get(POLICY);

        repository.server.serve(TargetPath.served(POLICY, file.hash()), "mode: audit! ".getBytes(US_ASCII));

        refused(Refusal.HASH, client.download(POLICY));
    }

    @Test
    void case03_endlessTargetIsRefusedAndTheDownloadStopped() throws IOException {
        repository.publish(POLICY, "mode: audit");
        TrustClient client = repository.enrolled();
        TargetFile file = verified(client.refresh()).files().get(POLICY);
        repository.server.serve(TargetPath.served(POLICY, file.hash()), new byte[5_000_000]);
        int before = repository.server.transferred();

        refused(Refusal.TOO_LARGE, client.download(POLICY));
        assertEquals(file.length(), repository.server.transferred() - before);

        repository.server.ignoreBounds();
        refused(Refusal.TOO_LARGE, client.download(POLICY));
    }

    @Test
    void case04_rollBackOfTargetsIsRefusedByAnEndpointThatSawTheNewer() throws IOException {
        RepositoryFiles old = repository.publish(POLICY, "mode: audit");
        byte[] oldTargets = repository.file("metadata/2.targets.json");
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        repository.publish(POLICY, "mode: enforce");
        verified(client.refresh());

        repository.server.serve(old);
        refused(Refusal.ROLLBACK, client.refresh());
        repository.serverSigns(9, oldTargets, 2);
        Rejection rejection = refused(Refusal.ROLLBACK, client.refresh());

        assertEquals("version 2", rejection.found());
        assertEquals("version 3 or later", rejection.expected());
        assertEquals("5.5.5", rejection.step());
        assertEquals(3, trusted(client).versions().targets());
    }

    /** A limit of TUF that we state: only the enrollment seed (case 35) prevents it. */
    @Test
    void case05_rollBackShownToANewEndpointWithTheRootAloneIsAccepted() throws IOException {
        repository.publish(POLICY, "mode: audit");
        byte[] oldTargets = repository.file("metadata/2.targets.json");
        repository.publish(POLICY, "mode: enforce");
        repository.serverSigns(9, oldTargets, 2);

        assertEquals(2, verified(repository.enrolled().refresh()).versions().targets());
    }

    @Test
    void case06_newTimestampThatHasExpiredIsRefused() throws IOException {
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        repository.publish(POLICY, "mode: enforce");
        repository.clock.advance(Duration.ofDays(8));

        Rejection rejection = refused(Refusal.EXPIRED, client.refresh());

        assertEquals("5.4.4", rejection.step());
        assertEquals(1, trusted(client).versions().timestamp());
    }

    @Test
    void case07_sameTimestampServedLongAfterItsExpiryIsRefusedRunningRestartedAndAtDownload() throws IOException {
        InMemoryTrustStore store = new InMemoryTrustStore();
        TrustClient running = repository.enrolled(store);
        repository.publish(POLICY, "mode: enforce");
        verified(running.refresh());
        repository.clock.advance(Duration.ofDays(37));

        RefreshResult result = running.refresh();

        assertEquals("timestamp.json", refused(Refusal.EXPIRED, result).subject());
        assertEquals(
                Optional.of(trusted(running).timestamp().expires()), ((RefreshResult.Refused) result).staleSince());
        refused(Refusal.EXPIRED, repository.client(store).refresh());
        refused(Refusal.EXPIRED, running.download(POLICY));
        assertInstanceOf(ContentResult.Refused.class, running.downloadAll());
    }

    @Test
    void case08_snapshotAndTargetsThatExpiredUnderAFreshTimestampAreRefused() throws IOException {
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        repository.clock.advance(Duration.ofDays(31));
        refused(Refusal.EXPIRED, client.refresh());

        repository.add(repository.publisher.refreshTimestamp(repository.published, repository.signers));
        assertEquals("snapshot.json", refused(Refusal.EXPIRED, client.refresh()).subject());

        repository.clock.advance(Duration.ofDays(60));
        repository.add(repository.publisher.refreshSnapshot(repository.published, repository.signers));
        assertEquals("targets.json", refused(Refusal.EXPIRED, client.refresh()).subject());
    }

    @Test
    void case09_serverThatOnlySignsAnewCanFreezeUntilTargetsExpireAndNoLonger() throws IOException {
        TrustClient client = repository.enrolled();
        repository.clock.advance(Duration.ofDays(80));
        repository.add(repository.publisher.refreshSnapshot(repository.published, repository.signers));
        verified(client.refresh());

        repository.clock.advance(Duration.ofDays(15));
        repository.add(repository.publisher.refreshSnapshot(repository.published, repository.signers));
        refused(Refusal.EXPIRED, client.refresh());
    }

    @Test
    void case10_targetsSignedByOneOfTwoRequiredKeysAreRefused() throws IOException {
        assertEquals(
                "1 of the targets keys of root 1 signed",
                refusedTargets(repository.approver1).found());
    }

    @Test
    void case11_sameKeySigningTwiceIsRefused() throws IOException {
        byte[] targets = Forge.change(file("1.targets.json"), signed -> signed.put("version", 2), repository.approver1);
        byte[] twice = Forge.edit(targets, file -> {
            ArrayNode list = file.withArray("/signatures");
            list.add(list.get(0).deepCopy());
        });
        repository.serverSigns(2, twice, 2);

        refused(Refusal.FORMAT, repository.enrolled().refresh());
    }

    @Test
    void case12_oneKeyUnderTwoKeyIdsCountsOnce() throws IOException {
        byte[] root = Forge.change(
                file("1.root.json"),
                signed -> {
                    ObjectNode keys = signed.withObject("/keys");
                    keys.set(
                            "another-name",
                            keys.get(repository.approver1.keyId()).deepCopy());
                    signed.withArray("/roles/targets/keyids")
                            .removeAll()
                            .add(repository.approver1.keyId())
                            .add("another-name");
                },
                repository.root1,
                repository.root2);
        byte[] once = Forge.change(file("1.targets.json"), signed -> {}, repository.approver1);
        byte[] underBoth = Forge.edit(
                once,
                file -> Forge.addSignature(
                        file.withArray("/signatures"),
                        "another-name",
                        repository.approver1.sign(OlpcJson.encode(file.get("signed")))));
        repository.serverSigns(2, underBoth, 1);
        TrustClient client = repository.client(new InMemoryTrustStore());
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(Seed.ofRoot(root)));

        Rejection rejection = refused(Refusal.SIGNATURE, client.refresh());

        assertEquals("1 of the targets keys of root 1 signed", rejection.found());
        assertEquals("at least 2", rejection.expected());
    }

    @Test
    void case13_targetsSignedByTheServersKeysAreRefused() throws IOException {
        refusedTargets(repository.snapshotKey, repository.timestampKey);
    }

    @Test
    void case14_snapshotServedAsTargetsIsRefused() throws IOException {
        byte[] wrong = Forge.sign(Forge.signed(file("1.snapshot.json")), repository.approver1, repository.approver2);
        repository.serverSigns(2, wrong, 1);

        assertTrue(
                refused(Refusal.FORMAT, repository.enrolled().refresh()).found().startsWith("_type"));
    }

    @Test
    void case15_rootRotationSignedByOldAndNewKeysIsAccepted() throws IOException {
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        rotateRootKeys();

        assertEquals(2, verified(client.refresh()).versions().root());
    }

    @Test
    void case16_newRootSignedByNewKeysOnlyIsRefusedAndTheOldOneKept() throws IOException {
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        KeyPairSigner stranger = KeyPairSigner.generateP256();
        byte[] taken = Forge.change(
                file("1.root.json"),
                signed -> {
                    signed.put("version", 2);
                    signed.withObject("/keys")
                            .set(stranger.keyId(), stranger.key().toJson());
                    signed.withObject("/roles/root").put("threshold", 1);
                    signed.withArray("/roles/root/keyids").removeAll().add(stranger.keyId());
                },
                stranger);
        repository.server.serve("metadata/2.root.json", taken);

        assertEquals(
                "5.3.4 (old keys)", refused(Refusal.SIGNATURE, client.refresh()).step());
        assertEquals(1, trusted(client).versions().root());
    }

    @Test
    void case17_chainOfFiveRootsAfterALongTimeOfflineIsFollowed() throws IOException {
        InMemoryTrustStore store = new InMemoryTrustStore();
        TrustClient client = repository.enrolled(store);
        for (int i = 0; i < 4; i++) {
            repository.clock.advance(Duration.ofDays(300));
            rotateRootKeys();
        }
        repository.add(repository.publisher.renewTargets(repository.published, repository.signers));

        assertEquals(5, verified(client.refresh()).versions().root());
        store.lock().close();
        assertArrayEquals(
                repository.file("metadata/5.root.json"),
                store.read(StoredFile.ROOT).orElseThrow());
    }

    @Test
    void case18_secondRootThatCallsItselfTheThirdIsRefused() throws IOException {
        byte[] skipping = Forge.change(
                file("1.root.json"), signed -> signed.put("version", 3), repository.root1, repository.root2);
        repository.server.serve("metadata/2.root.json", skipping);
        TrustClient client = repository.enrolled();

        assertEquals("5.3.5", refused(Refusal.WRONG_VERSION, client.refresh()).step());
    }

    @Test
    void case19_fastForwardIsRefusedAsRollBackAndRecoversWhenTheServersKeysAreRotated() throws IOException {
        TrustClient client = repository.enrolled();
        repository.serverSigns(1_000_000, file("1.targets.json"), 1);
        verified(client.refresh());

        repository.publish(POLICY, "mode: enforce");
        refused(Refusal.ROLLBACK, client.refresh());

        KeyPairSigner newSnapshot = KeyPairSigner.generateEd25519();
        KeyPairSigner newTimestamp = KeyPairSigner.generateEd25519();
        RootKeys next = new RootKeys(
                repository.keys.root(),
                repository.keys.targets(),
                RoleKeys.single(newSnapshot.key()),
                RoleKeys.single(newTimestamp.key()));
        repository.signers = repository.signers.with(Role.SNAPSHOT, newSnapshot).with(Role.TIMESTAMP, newTimestamp);
        repository.add(repository.publisher.rotateRoot(repository.published, next, repository.signers));
        assertEquals(
                new TrustedTargets.Versions(2, 3, 3, 2),
                verified(client.refresh()).versions());
    }

    @Test
    void case20_revokedTargetsKeyIsRefusedUntilTargetsAreSignedAnewThoughTheTimestampIsUnchanged() throws IOException {
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        RootKeys next = new RootKeys(
                repository.keys.root(),
                new RoleKeys(List.of(repository.approver2.key(), repository.approver3.key()), 2),
                repository.keys.snapshot(),
                repository.keys.timestamp());
        repository.signers = repository.signers.with(Role.TARGETS, repository.approver2, repository.approver3);
        RepositoryFiles rotation = repository.publisher.rotateRoot(repository.published, next, repository.signers);

        repository.server.serve("metadata/2.root.json", rotation.files().get("metadata/2.root.json"));
        refused(Refusal.SIGNATURE, client.refresh());
        assertInstanceOf(LoadResult.Nothing.class, client.loadTrusted());

        repository.add(rotation);
        assertEquals(
                new TrustedTargets.Versions(2, 2, 2, 2),
                verified(client.refresh()).versions());
    }

    /** Serves the next targets signed by these alone, with the server's help, and expects the refusal. */
    private Rejection refusedTargets(Signer... signers) throws IOException {
        TrustClient client = repository.enrolled();
        verified(client.refresh());
        byte[] targets = Forge.change(file("1.targets.json"), signed -> signed.put("version", 2), signers);
        repository.serverSigns(2, targets, 2);
        Rejection rejection = refused(Refusal.SIGNATURE, client.refresh());
        assertEquals(1, trusted(client).versions().targets());
        return rejection;
    }

    private void rotateRootKeys() {
        KeyPairSigner first = KeyPairSigner.generateP256();
        KeyPairSigner second = KeyPairSigner.generateP256();
        RootKeys next = new RootKeys(
                new RoleKeys(List.of(first.key(), second.key()), 2),
                repository.keys.targets(),
                repository.keys.snapshot(),
                repository.keys.timestamp());
        Signer[] old = repository.signers.of(Role.ROOT).toArray(Signer[]::new);
        Signers both = repository.signers.with(Role.ROOT, first, second, old[0], old[1]);
        repository.add(repository.publisher.rotateRoot(repository.published, next, both));
        repository.signers = repository.signers.with(Role.ROOT, first, second);
        repository.keys = next;
    }

    private byte[] file(String name) {
        return repository.file("metadata/" + name);
    }
}
