package io.cordon.policy.trust;

import io.cordon.policy.trust.StoredState.Verified;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One update with one start time, over a locked store (specification 5.3 to 5.6). */
final class UpdateCycle {
    private final TrustStore store;
    private final Fetcher fetcher;
    private final Limits limits;
    private final Instant start;

    /**
     * @param start the fixed update start time (specification 5.1)
     */
    UpdateCycle(TrustStore store, Fetcher fetcher, Limits limits, Instant start) {
        this.store = store;
        this.fetcher = fetcher;
        this.limits = limits;
        this.start = start;
    }

    /** The newest state; every file is stored as soon as it is verified. */
    StoredState run(StoredState stored) throws IOException, RejectedException {
        Verified<RootMetadata> root = new RootChain(store, fetcher, limits).follow(stored.root());
        // 5.3.10: the final root must not have expired.
        requireUnexpired("root.json", root.metadata().expires(), "5.3.10");
        // Loaded again: under a newer root some of it may not verify any more, or was dropped (5.3.11).
        StoredState current =
                root.metadata().version() == stored.root().metadata().version()
                        ? stored
                        : StoredState.load(store, limits);
        Verified<TimestampMetadata> timestamp = timestamp(root.metadata(), current.timestamp());
        Verified<SnapshotMetadata> snapshot =
                snapshot(root.metadata(), timestamp.metadata().snapshot(), current.snapshot());
        Verified<TargetsMetadata> targets =
                targets(root.metadata(), snapshot.metadata().targets(), current.targets());
        return new StoredState(root, timestamp, snapshot, targets);
    }

    private Verified<TimestampMetadata> timestamp(RootMetadata root, @Nullable Verified<TimestampMetadata> trusted)
            throws IOException, RejectedException {
        String subject = "timestamp.json";
        // 5.4.1
        byte[] bytes = Download.named(fetcher, "metadata/" + subject, limits.timestampLength(), "5.4.1");
        // 5.4.2
        Verified<TimestampMetadata> served =
                StoredState.verify(bytes, root, Role.TIMESTAMP, subject, "5.4.2", StoredState.timestampParser());
        if (trusted != null) {
            // 5.4.3.1
            requireNotBelow(
                    subject, served.metadata().version(), trusted.metadata().version(), "5.4.3.1");
            if (served.metadata().version() == trusted.metadata().version()) {
                // The specification stops here without an error, so one timestamp served for ever would never be
                // noticed. T-9: the trusted one must still be valid, and so must what follows from it.
                requireUnexpired(subject, trusted.metadata().expires(), "5.4.4, T-9");
                return trusted;
            }
            // 5.4.3.2
            requireNotBelow(
                    "snapshot.json listed in " + subject,
                    served.metadata().snapshot().version(),
                    trusted.metadata().snapshot().version(),
                    "5.4.3.2");
        }
        // 5.4.4
        requireUnexpired(subject, served.metadata().expires(), "5.4.4");
        // 5.4.5: only what passed everything is ever stored.
        store.write(StoredFile.TIMESTAMP, bytes);
        return served;
    }

    private Verified<SnapshotMetadata> snapshot(
            RootMetadata root, MetaFile listed, @Nullable Verified<SnapshotMetadata> trusted)
            throws IOException, RejectedException {
        if (trusted != null && trusted.metadata().version() == listed.version() && listed.matches(trusted.bytes())) {
            requireUnexpired("snapshot.json", trusted.metadata().expires(), "5.5.6, T-9");
            return trusted;
        }
        String subject = fileName(root, listed.version(), "snapshot.json");
        // 5.5.1 and 5.5.2
        byte[] bytes = fetchListed(subject, listed, limits.snapshotLength(), "5.5");
        // 5.5.3
        Verified<SnapshotMetadata> served =
                StoredState.verify(bytes, root, Role.SNAPSHOT, subject, "5.5.3", StoredState.snapshotParser());
        // 5.5.4
        requireVersion(subject, served.metadata().version(), listed.version(), "5.5.4");
        if (trusted != null) {
            requireNoRollback(subject, served.metadata(), trusted.metadata());
        }
        // 5.5.6
        requireUnexpired(subject, served.metadata().expires(), "5.5.6");
        // 5.5.7
        store.write(StoredFile.SNAPSHOT, bytes);
        return served;
    }

    private static void requireNoRollback(String subject, SnapshotMetadata served, SnapshotMetadata trusted)
            throws RejectedException {
        // T-10: holds even when the stored timestamp, which 5.4.3.2 compares with, was lost.
        requireNotBelow(subject, served.version(), trusted.version(), "5.5.5, T-10");
        // 5.5.5: for every role that was listed.
        for (Map.Entry<String, MetaFile> before : trusted.meta().entrySet()) {
            String listed = before.getKey() + " listed in " + subject;
            MetaFile now = served.meta().get(before.getKey());
            if (now == null) {
                throw new RejectedException(
                        Refusal.ROLLBACK,
                        listed,
                        "no longer listed",
                        "version " + before.getValue().version() + " or later",
                        "5.5.5");
            }
            requireNotBelow(listed, now.version(), before.getValue().version(), "5.5.5");
        }
    }

    private Verified<TargetsMetadata> targets(
            RootMetadata root, MetaFile listed, @Nullable Verified<TargetsMetadata> trusted)
            throws IOException, RejectedException {
        if (trusted != null && trusted.metadata().version() == listed.version() && listed.matches(trusted.bytes())) {
            requireUnexpired("targets.json", trusted.metadata().expires(), "5.6.5, T-9");
            return trusted;
        }
        if (trusted != null) {
            // T-10: holds even when the stored snapshot, which 5.5.5 compares with, was lost.
            requireNotBelow("targets.json", listed.version(), trusted.metadata().version(), "5.5.5, T-10");
        }
        String subject = fileName(root, listed.version(), "targets.json");
        // 5.6.1 and 5.6.2
        byte[] bytes = fetchListed(subject, listed, limits.targetsLength(), "5.6");
        // 5.6.3
        Verified<TargetsMetadata> served =
                StoredState.verify(bytes, root, Role.TARGETS, subject, "5.6.3", StoredState.targetsParser(limits));
        // 5.6.4
        requireVersion(subject, served.metadata().version(), listed.version(), "5.6.4");
        // 5.6.5
        requireUnexpired(subject, served.metadata().expires(), "5.6.5");
        // 5.6.6; 5.6.7 (delegations) does not arise: metadata that delegates was refused (T-12).
        store.write(StoredFile.TARGETS, bytes);
        return served;
    }

    private byte[] fetchListed(String subject, MetaFile listed, int limit, String section)
            throws FetchException, RejectedException {
        byte[] bytes =
                Download.named(fetcher, "metadata/" + subject, Math.min(limit, listed.maxLength()), section + ".1");
        Hashes.require(bytes, listed.hashes(), subject, section + ".2");
        return bytes;
    }

    /** 5.3.12: with consistent snapshots, the file name carries the version. */
    private static String fileName(RootMetadata root, long version, String name) {
        return root.consistentSnapshot() ? version + "." + name : name;
    }

    private static void requireVersion(String subject, long found, long expected, String step)
            throws RejectedException {
        if (found != expected) {
            throw new RejectedException(
                    Refusal.WRONG_VERSION, subject, "version " + found, "version " + expected, step);
        }
    }

    private static void requireNotBelow(String subject, long found, long verified, String step)
            throws RejectedException {
        if (found < verified) {
            throw new RejectedException(
                    Refusal.ROLLBACK, subject, "version " + found, "version " + verified + " or later", step);
        }
    }

    void requireUnexpired(String subject, Instant expires, String step) throws RejectedException {
        if (expires.isAfter(start)) {
            return;
        }
        Optional<Instant> server = fetcher.serverTime()
                .filter(time -> Duration.between(start, time).abs().compareTo(limits.clockSlack()) > 0);
        if (server.isPresent()) {
            // The server's time is not trusted. It can only turn one refusal into another that says where to look.
            throw new RejectedException(
                    Refusal.CLOCK_SUSPECT,
                    subject,
                    "expired " + expires + " by the local clock " + start + "; the server says " + server.get(),
                    "clocks that agree: check the clock of this machine",
                    step);
        }
        throw new RejectedException(Refusal.EXPIRED, subject, "expired " + expires, "valid at " + start, step);
    }
}
