package io.cordon.policy.trust;

import static io.cordon.policy.trust.Repository.refused;
import static io.cordon.policy.trust.Repository.verified;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** First contact, enrolling again, and starting over (T-1, T-14). */
class SeedingTest {
    private final Repository repository = new Repository();
    private final InMemoryTrustStore store = new InMemoryTrustStore();
    private final TrustClient client = repository.client(store);

    @Test
    void sameSeedMayBeGivenAnyNumberOfTimes() throws IOException {
        Seed seed = repository.published.seed();

        assertEquals(new SeedResult.Pinned(1), client.initialise(seed));
        assertEquals(new SeedResult.Kept(1), client.initialise(seed));
    }

    @Test
    void olderSeedLowersNothing() throws IOException {
        Seed old = repository.published.seed();
        repository.add(repository.publisher.rotateRoot(repository.published, repository.keys, repository.signers));
        assertEquals(new SeedResult.Pinned(2), client.initialise(repository.published.seed()));
        verified(client.refresh());

        assertEquals(new SeedResult.Kept(2), client.initialise(old));

        assertArrayEquals(
                repository.file("metadata/2.root.json"),
                store.read(StoredFile.ROOT).orElseThrow());
        assertArrayEquals(
                repository.file("metadata/timestamp.json"),
                store.read(StoredFile.TIMESTAMP).orElseThrow());
        assertArrayEquals(
                repository.file("metadata/2.snapshot.json"),
                store.read(StoredFile.SNAPSHOT).orElseThrow());
    }

    @Test
    void newerSeedRaisesTheVersionsBelowWhichNothingIsAccepted() throws IOException {
        RepositoryFiles first = repository.published;
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(first.seed()));
        verified(client.refresh());
        repository.publish("a", "a");
        assertInstanceOf(SeedResult.Kept.class, client.initialise(repository.published.seed()));

        repository.server.serveOnly(first);
        refused(Refusal.ROLLBACK, client.refresh());
    }

    @Test
    void seedOfAnotherRepositoryDoesNotReplaceThePinnedRoot() throws IOException {
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(repository.published.seed()));

        assertInstanceOf(SeedResult.Kept.class, client.initialise(new Repository().published.seed()));

        verified(client.refresh());
    }

    @Test
    void startingOverFollowsAnotherRepository() throws IOException {
        assertInstanceOf(SeedResult.Pinned.class, client.initialise(repository.published.seed()));
        verified(client.refresh());
        Repository other = new Repository();
        repository.server.serveOnly(other.published);

        assertEquals(new SeedResult.Pinned(1), client.startOver(other.published.seed()));

        assertEquals(Optional.empty(), store.read(StoredFile.TARGETS));
        verified(client.refresh());
    }

    @Test
    void seedThatDoesNotVerifyPinsAndForgetsNothing() throws IOException {
        byte[] genuine = repository.file("metadata/1.root.json");
        byte[] unsigned = Forge.edit(genuine, file -> file.putArray("signatures"));
        Seed good = repository.published.seed();

        assertEquals(
                Refusal.SIGNATURE,
                assertInstanceOf(SeedResult.Refused.class, client.initialise(Seed.ofRoot(unsigned)))
                        .rejection()
                        .reason());
        assertInstanceOf(
                SeedResult.Refused.class, client.initialise(new Seed(genuine, good.snapshot(), good.snapshot())));
        refused(Refusal.NOT_INITIALISED, client.refresh());

        assertInstanceOf(SeedResult.Pinned.class, client.initialise(good));
        assertInstanceOf(SeedResult.Refused.class, client.startOver(Seed.ofRoot(unsigned)));
        verified(client.refresh());
    }

    @Test
    void snapshotWithoutATimestampIsNoSeed() {
        assertThrows(IllegalArgumentException.class, () -> new Seed(new byte[0], null, new byte[0]));
    }
}
