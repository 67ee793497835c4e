package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stored file cut short at any byte, and a process that dies before any write: recovers or refuses, never permits more. */
class PowerLossTest {
    private static final String POLICY = "policies/balanced.yaml";

    private final Repository repository = new Repository();

    @ParameterizedTest
    @EnumSource
    void fileCutShortAtAnyByteRecoversOrIsRefused(StoredFile file) throws IOException {
        repository.publish(POLICY, "mode: audit");
        byte[] olderTargets = repository.file("metadata/2.targets.json");
        repository.publish(POLICY, "mode: enforce");
        InMemoryTrustStore store = new InMemoryTrustStore();
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        assertInstanceOf(ContentResult.Complete.class, client.downloadAll());
        byte[] whole = store.read(file).orElseThrow();
        for (int length = 0; length < whole.length && file != StoredFile.CLOCK_FLOOR; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(RejectedException.class, () -> Envelope.parse(cut, file.fileName()));
        }
        // What a cut file leads to, at both ends and a few places between: the whole of it costs many signatures.
        for (int length : new int[] {0, 1, whole.length / 3, whole.length / 2, whole.length - 2, whole.length - 1}) {
            store.write(file, Arrays.copyOf(whole, length));

            assertInForceOrNothing(client.lastComplete());
            assertNewestOrNothing(client.loadTrusted());
            verified(client.refresh());
            assertInstanceOf(ContentResult.Complete.class, client.downloadAll());
            if (file != StoredFile.CLOCK_FLOOR) {
                assertArrayEquals(whole, store.read(file).orElseThrow(), "after " + length);
            }
        }
        repository.serverSigns(9, olderTargets, 2);
        store.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertInstanceOf(RefreshResult.Refused.class, client.refresh());
    }

    @Test
    void clockFloorCutShortAtAnyByteIsNoTime() throws IOException {
        InMemoryTrustStore store = new InMemoryTrustStore();
        verified(repository.enrolled(store).refresh());
        byte[] whole = store.read(StoredFile.CLOCK_FLOOR).orElseThrow();
        Instant earlier = repository.clock.instant().minus(Duration.ofDays(1));
        ClockFloor floor = new ClockFloor(store, Limits.standard());
        assertThrows(RejectedException.class, () -> floor.check(earlier));
        for (int length = 0; length < whole.length; length++) {
            store.write(StoredFile.CLOCK_FLOOR, Arrays.copyOf(whole, length));
            assertEquals(earlier, assertDoesNotThrow(() -> floor.check(earlier)));
        }
    }

    @Test
    void rootDamagedWithItsCopyIsRefusedUntilEnrolledAgain() throws IOException {
        InMemoryTrustStore store = new InMemoryTrustStore();
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        store.write(StoredFile.ROOT, new byte[] {'{'});
        store.write(StoredFile.ROOT_AHEAD, new byte[] {'{'});

        Repository.refused(Refusal.STORE_CORRUPT, client.refresh());
        assertInstanceOf(LoadResult.Refused.class, client.loadTrusted());
        assertInstanceOf(ContentResult.Refused.class, client.lastComplete());

        assertInstanceOf(SeedResult.Pinned.class, client.initialise(repository.published.seed()));
        verified(client.refresh());
    }

    /** Dies before the n-th write or deletion, for every n of an update that rotates keys and publishes. */
    @Test
    void updateThatDiesAtAnyWriteIsCompletedByTheNext() throws IOException {
        repository.publish(POLICY, "mode: audit");
        DyingStore probe = enrolledAt(Integer.MAX_VALUE);
        Seed before = repository.published.seed();
        KeyPairSigner snapshotKey = KeyPairSigner.generateEd25519();
        RootKeys next = new RootKeys(
                repository.keys.root(),
                repository.keys.targets(),
                RoleKeys.single(snapshotKey.key()),
                repository.keys.timestamp());
        DyingStore[] stores = new DyingStore[24];
        for (int n = 0; n < stores.length; n++) {
            stores[n] = enrolledAt(n);
        }
        repository.signers = repository.signers.with(Role.SNAPSHOT, snapshotKey);
        repository.add(repository.publisher.rotateRoot(repository.published, next, repository.signers));
        repository.publish(POLICY, "mode: enforce");
        assertEquals(2, Forge.version(before.timestamp()));

        int died = 0;
        for (DyingStore store : stores) {
            store.armed = true;
            try {
                TrustClient client = repository.client(store);
                verified(client.refresh());
                assertInstanceOf(ContentResult.Complete.class, client.downloadAll());
            } catch (PowerLoss e) {
                died++;
            }
            store.armed = false;
            TrustClient restarted = repository.client(store);
            ContentResult.Complete kept = assertInstanceOf(ContentResult.Complete.class, restarted.lastComplete());
            assertTrue(Set.of("mode: audit", "mode: enforce")
                    .contains(new String(kept.content().get(POLICY))));
            assertEquals(3, verified(restarted.refresh()).versions().targets());
            assertEquals(2, Repository.trusted(restarted).versions().root());
            assertInstanceOf(ContentResult.Complete.class, restarted.downloadAll());
        }
        assertTrue(died > 8, died + " of the updates died");
        assertTrue(died < stores.length, "no update ran through");
        assertEquals(0, probe.deaths);
    }

    private DyingStore enrolledAt(int deathAt) throws IOException {
        DyingStore store = new DyingStore(deathAt);
        TrustClient client = repository.enrolled(store);
        verified(client.refresh());
        assertInstanceOf(ContentResult.Complete.class, client.downloadAll());
        return store;
    }

    private static void assertInForceOrNothing(ContentResult result) {
        if (result instanceof ContentResult.Complete complete) {
            assertEquals("mode: enforce", new String(complete.content().get(POLICY)));
        }
    }

    private static void assertNewestOrNothing(LoadResult result) {
        if (result instanceof LoadResult.Trusted trusted) {
            assertEquals(3, trusted.targets().versions().targets());
        }
    }

    /** The machine stops. */
    private static final class PowerLoss extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Keeps what was written before the n-th change since it was armed. */
    private static final class DyingStore implements TrustStore {
        private final InMemoryTrustStore kept = new InMemoryTrustStore();
        private final int deathAt;
        private int changes;
        private int deaths;
        private boolean armed;

        DyingStore(int deathAt) {
            this.deathAt = deathAt;
        }

        private void change() {
            if (armed && changes++ >= deathAt) {
                deaths++;
                throw new PowerLoss();
            }
        }

        @Override
        public Lock lock() {
            return kept.lock();
        }

        @Override
        public Optional<byte[]> read(StoredFile file) {
            return kept.read(file);
        }

        @Override
        public void write(StoredFile file, byte[] bytes) {
            change();
            kept.write(file, bytes);
        }

        @Override
        public void delete(StoredFile file) {
            change();
            kept.delete(file);
        }

        @Override
        public Optional<byte[]> readTarget(String hash) {
            return kept.readTarget(hash);
        }

        @Override
        public void writeTarget(String hash, byte[] bytes) {
            change();
            kept.writeTarget(hash, bytes);
        }

        @Override
        public void retainTargets(Set<String> hashes) {
            change();
            kept.retainTargets(hashes);
        }
    }
}
