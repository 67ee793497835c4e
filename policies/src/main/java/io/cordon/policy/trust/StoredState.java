package io.cordon.policy.trust;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds, verified again on every load (T-16): a file that does not verify under the newest root counts as
 * absent. Expiry plays no part here.
 */
record StoredState(
        Verified<RootMetadata> root,
        @Nullable Verified<TimestampMetadata> timestamp,
        @Nullable Verified<SnapshotMetadata> snapshot,
        @Nullable Verified<TargetsMetadata> targets) {

    /** Metadata whose signatures met the threshold, and its exact bytes. */
    record Verified<T>(T metadata, byte[] bytes) {}

    /** Reads one role's metadata from a verified envelope. */
    interface Parser<T> {
        T parse(Envelope envelope, String subject) throws RejectedException;
    }

    /**
     * @throws RejectedException when no root is pinned or the pinned root is damaged
     */
    static StoredState load(TrustStore store, Limits limits) throws IOException, RejectedException {
        Verified<RootMetadata> root = loadRoot(store);
        return new StoredState(
                root,
                readIfValid(store, StoredFile.TIMESTAMP, root.metadata(), Role.TIMESTAMP, timestampParser()),
                readIfValid(store, StoredFile.SNAPSHOT, root.metadata(), Role.SNAPSHOT, snapshotParser()),
                readIfValid(store, StoredFile.TARGETS, root.metadata(), Role.TARGETS, targetsParser(limits)));
    }

    static Parser<TimestampMetadata> timestampParser() {
        return (envelope, subject) -> TimestampMetadata.parse(envelope.signed(), subject);
    }

    static Parser<SnapshotMetadata> snapshotParser() {
        return (envelope, subject) -> SnapshotMetadata.parse(envelope.signed(), subject);
    }

    static Parser<TargetsMetadata> targetsParser(Limits limits) {
        return (envelope, subject) -> TargetsMetadata.parse(envelope.signed(), subject, limits);
    }

    /** A root that signs itself, as a pinned one must (specification 5.2). */
    static Verified<RootMetadata> selfSigned(byte[] bytes, String subject) throws RejectedException {
        Envelope envelope = Envelope.parse(bytes, subject);
        RootMetadata root = RootMetadata.parse(envelope.signed(), subject);
        envelope.requireThreshold(root, Role.ROOT, subject, "5.2");
        return new Verified<>(root, bytes);
    }

    static <T> Verified<T> verify(
            byte[] bytes, RootMetadata root, Role role, String subject, String step, Parser<T> parser)
            throws RejectedException {
        Envelope envelope = Envelope.parse(bytes, subject);
        envelope.requireThreshold(root, role, subject, step);
        return new Verified<>(parser.parse(envelope, subject), bytes);
    }

    private static <T> @Nullable Verified<T> readIfValid(
            TrustStore store, StoredFile file, RootMetadata root, Role role, Parser<T> parser) throws IOException {
        Optional<byte[]> bytes = store.read(file);
        if (bytes.isEmpty()) {
            return null;
        }
        try {
            return verify(bytes.get(), root, role, file.fileName(), "T-16", parser);
        } catch (RejectedException e) {
            // Cut short by a power loss, edited, or signed by keys that root no longer trusts: the update fetches it
            // again.
            return null;
        }
    }

    private static Verified<RootMetadata> loadRoot(TrustStore store) throws IOException, RejectedException {
        Optional<byte[]> current = store.read(StoredFile.ROOT);
        Optional<byte[]> ahead = store.read(StoredFile.ROOT_AHEAD);
        if (current.isEmpty() && ahead.isEmpty()) {
            throw new RejectedException(
                    Refusal.NOT_INITIALISED,
                    "root.json",
                    "no pinned root",
                    "an enrolled endpoint: enroll it",
                    "5.2, T-1");
        }
        Optional<Verified<RootMetadata>> newer = intact(ahead, StoredFile.ROOT_AHEAD);
        Optional<Verified<RootMetadata>> pinned = intact(current, StoredFile.ROOT);
        if (pinned.isEmpty()) {
            if (newer.isEmpty()) {
                throw new RejectedException(
                        Refusal.STORE_CORRUPT,
                        "root.json",
                        "damaged, and its copy too",
                        "a root that signs itself: enroll this endpoint again",
                        "5.2, T-16");
            }
            store.write(StoredFile.ROOT, newer.get().bytes());
            return newer.get();
        }
        if (newer.isEmpty()) {
            store.write(StoredFile.ROOT_AHEAD, pinned.get().bytes());
        } else if (newer.get().metadata().version() == pinned.get().metadata().version() + 1) {
            return RootChain.completeStep(store, pinned.get(), newer.get());
        }
        return pinned.get();
    }

    private static Optional<Verified<RootMetadata>> intact(Optional<byte[]> bytes, StoredFile file) {
        try {
            return bytes.isEmpty() ? Optional.empty() : Optional.of(selfSigned(bytes.get(), file.fileName()));
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    /** What is in force, with the versions and expiries that are known of it. */
    TrustedTargets trusted(TargetsMetadata inForce) {
        return new TrustedTargets(
                new TrustedTargets.RoleState(
                        root.metadata().version(), root.metadata().expires()),
                timestamp == null
                        ? null
                        : new TrustedTargets.RoleState(
                                timestamp.metadata().version(),
                                timestamp.metadata().expires()),
                snapshot == null
                        ? null
                        : new TrustedTargets.RoleState(
                                snapshot.metadata().version(),
                                snapshot.metadata().expires()),
                new TrustedTargets.RoleState(inForce.version(), inForce.expires()),
                inForce.files());
    }
}
