package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.refused;
import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Files of different publications are never put together, each one well signed though it is (T-7). */
class MixAndMatchTest {
    private final Repository repository = new Repository();

    @Test
    void snapshotOfAnotherVersionThanTheTimestampListsIsRefused() throws IOException {
        byte[] third =
                Forge.change(file("1.snapshot.json"), signed -> signed.put("version", 3), repository.snapshotKey);
        repository.serverSignsTimestamp(2, third, 2);

        assertEquals(
                "5.5.4",
                refused(Refusal.WRONG_VERSION, repository.enrolled().refresh()).step());
    }

    @Test
    void targetsOfAnotherVersionThanTheSnapshotListsAreRefused() throws IOException {
        byte[] third = Forge.change(
                file("1.targets.json"), signed -> signed.put("version", 3), repository.approver1, repository.approver2);
        repository.serverSigns(2, third, 2);

        assertEquals(
                "5.6.4",
                refused(Refusal.WRONG_VERSION, repository.enrolled().refresh()).step());
    }

    @Test
    void anotherSnapshotOfTheListedVersionIsRefusedByItsHash() throws IOException {
        byte[] other = Forge.edit(
                file("1.snapshot.json"), file -> file.withObject("/signed").put("expires", "2029-01-01T00:00:00Z"));
        repository.server.serve("metadata/1.snapshot.json", other);

        assertEquals(
                "5.5.2", refused(Refusal.HASH, repository.enrolled().refresh()).step());
    }

    @Test
    void otherTargetsOfTheListedVersionAreRefusedByTheirHash() throws IOException {
        byte[] other = Forge.edit(
                file("1.targets.json"), file -> file.withObject("/signed").put("expires", "2029-01-01T00:00:00Z"));
        repository.server.serve("metadata/1.targets.json", other);

        assertEquals(
                "5.6.2", refused(Refusal.HASH, repository.enrolled().refresh()).step());
    }

    @Test
    void newEndpointIsShownNeitherAnExpiredSnapshotNorExpiredTargets() throws IOException {
        repository.clock.advance(Duration.ofDays(31));
        repository.add(repository.publisher.refreshTimestamp(repository.published, repository.signers));
        assertEquals(
                "5.5.6",
                refused(Refusal.EXPIRED, repository.enrolled().refresh()).step());

        repository.clock.advance(Duration.ofDays(60));
        repository.add(repository.publisher.refreshSnapshot(repository.published, repository.signers));
        assertEquals(
                "5.6.5",
                refused(Refusal.EXPIRED, repository.enrolled().refresh()).step());
    }

    @Test
    void fastForwardOfTargetsRecoversWhenTheSnapshotKeyIsRotated() throws IOException {
        TrustClient client = repository.enrolled();
        byte[] hundredth = Forge.change(
                file("1.targets.json"),
                signed -> signed.put("version", 100),
                repository.approver1,
                repository.approver2);
        repository.serverSigns(2, hundredth, 100);
        assertEquals(100, verified(client.refresh()).versions().targets());

        KeyPairSigner snapshotKey = KeyPairSigner.generateEd25519();
        RootKeys next = new RootKeys(
                repository.keys.root(),
                repository.keys.targets(),
                RoleKeys.single(snapshotKey.key()),
                repository.keys.timestamp());
        repository.add(repository.publisher.rotateRoot(
                repository.published, next, repository.signers.with(Role.SNAPSHOT, snapshotKey)));

        assertEquals(1, verified(client.refresh()).versions().targets());
    }

    private byte[] file(String name) {
        return repository.file("metadata/" + name);
    }
}
