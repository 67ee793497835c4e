package io.cordon.policy.trust;

import io.cordon.policy.trust.StoredState.Verified;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** First contact (T-14): pins a root that came with the enrollment, and the versions below which nothing is accepted. */
final class Seeding {
    private final TrustStore store;
    private final Limits limits;

    Seeding(TrustStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    SeedResult initialise(Seed seed) throws IOException, RejectedException {
        Verified<RootMetadata> root = root(seed);
        StoredState stored;
        try {
            stored = StoredState.load(store, limits);
        } catch (RejectedException e) {
            // Nothing pinned yet, or damaged beyond repair: the seed is what enrollment is there to bring.
            return pin(root, seed);
        }
        raiseVersions(seed, stored);
        return new SeedResult.Kept(stored.root().metadata().version());
    }

    SeedResult startOver(Seed seed) throws IOException, RejectedException {
        Verified<RootMetadata> root = root(seed);
        timestamp(seed, root.metadata());
        snapshot(seed, root.metadata());
        for (StoredFile file : StoredFile.values()) {
            store.delete(file);
        }
        return pin(root, seed);
    }

    private SeedResult pin(Verified<RootMetadata> root, Seed seed) throws IOException, RejectedException {
        Verified<TimestampMetadata> timestamp = timestamp(seed, root.metadata());
        Verified<SnapshotMetadata> snapshot = snapshot(seed, root.metadata());
        store.write(StoredFile.ROOT_AHEAD, root.bytes());
        store.write(StoredFile.ROOT, root.bytes());
        if (timestamp != null) {
            store.write(StoredFile.TIMESTAMP, timestamp.bytes());
        }
        if (snapshot != null) {
            store.write(StoredFile.SNAPSHOT, snapshot.bytes());
        }
        return new SeedResult.Pinned(root.metadata().version());
    }

    /** Takes over what is newer than the stored. A seed of another time may not verify under the pinned root: no harm. */
    private void raiseVersions(Seed seed, StoredState stored) throws IOException {
        RootMetadata root = stored.root().metadata();
        try {
            Verified<TimestampMetadata> timestamp = timestamp(seed, root);
            Verified<SnapshotMetadata> snapshot = snapshot(seed, root);
            if (timestamp != null
                    && (stored.timestamp() == null
                            || stored.timestamp().metadata().version()
                                    < timestamp.metadata().version())) {
                store.write(StoredFile.TIMESTAMP, timestamp.bytes());
            }
            if (snapshot != null
                    && (stored.snapshot() == null
                            || stored.snapshot().metadata().version()
                                    < snapshot.metadata().version())) {
                store.write(StoredFile.SNAPSHOT, snapshot.bytes());
            }
        } catch (RejectedException e) {
            return;
        }
    }

    private static Verified<RootMetadata> root(Seed seed) throws RejectedException {
        return StoredState.selfSigned(seed.root(), "seed root.json");
    }

    private @Nullable Verified<TimestampMetadata> timestamp(Seed seed, RootMetadata root) throws RejectedException {
        byte[] bytes = seed.timestamp();
        return bytes == null
                ? null
                : StoredState.verify(
                        bytes, root, Role.TIMESTAMP, "seed timestamp.json", "T-14", StoredState.timestampParser());
    }

    private @Nullable Verified<SnapshotMetadata> snapshot(Seed seed, RootMetadata root) throws RejectedException {
        byte[] bytes = seed.snapshot();
        return bytes == null
                ? null
                : StoredState.verify(
                        bytes, root, Role.SNAPSHOT, "seed snapshot.json", "T-14", StoredState.snapshotParser());
    }
}
