package io.cordon.policy.trust;

import io.cordon.policy.trust.StoredState.Verified;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verifying side. Safe for use by several threads and, over one {@link FileTrustStore} directory, several processes.
 *
 * <p>The usual round: {@link #refresh()}; when verified, {@link #downloadAll()}; when complete, resolve and apply. At start,
 * {@link #lastComplete()}. There is no switch that turns verification off.
 *
 * <p>Every method throws {@link IOException} when the store cannot be read or written, and nothing else.
 */
public final class TrustClient {
    private final TrustStore store;
    private final Fetcher fetcher;
    private final InstantSource clock;
    private final Limits limits;
    private final ClockFloor floor;
    private final TargetContents contents;

    public TrustClient(TrustStore store, Fetcher fetcher, InstantSource clock, Limits limits) {
        this.store = store;
        this.fetcher = fetcher;
        this.clock = clock;
        this.limits = limits;
        this.floor = new ClockFloor(store, limits);
        this.contents = new TargetContents(store, fetcher, limits);
    }

    /**
     * Pins the seed on first contact. When a root is pinned already it stays, and only a newer timestamp and snapshot that
     * verify under it are taken over, so the same seed may be given any number of times.
     */
    public SeedResult initialise(Seed seed) throws IOException {
        try (TrustStore.Lock held = store.lock()) {
            return new Seeding(store, limits).initialise(seed);
        } catch (RejectedException e) {
            return new SeedResult.Refused(e.rejection());
        }
    }

    /**
     * Forgets everything, the clock floor too, and pins this seed: an administrator's decision, for example to enroll with
     * another server. A seed that does not verify is refused and forgets nothing.
     */
    public SeedResult startOver(Seed seed) throws IOException {
        try (TrustStore.Lock held = store.lock()) {
            return new Seeding(store, limits).startOver(seed);
        } catch (RejectedException e) {
            return new SeedResult.Refused(e.rejection());
        }
    }

    /** One update cycle (specification 5.1 to 5.6). Whatever it refuses, what was verified before stays. */
    public RefreshResult refresh() throws IOException {
        try (TrustStore.Lock held = store.lock()) {
            Instant now = clock.instant();
            try {
                StoredState stored = StoredState.load(store, limits);
                // 5.1: the start time is fixed once, and never before an earlier one (T-3).
                Instant start = floor.begin(now);
                StoredState current = new UpdateCycle(store, fetcher, limits, start).run(stored);
                Verified<TargetsMetadata> targets = Objects.requireNonNull(current.targets());
                boolean changed = stored.targets() == null
                        || !Arrays.equals(stored.targets().bytes(), targets.bytes());
                return new RefreshResult.Verified(current.trusted(targets.metadata()), changed);
            } catch (RejectedException e) {
                return new RefreshResult.Refused(e.rejection(), staleSince(now));
            } catch (FetchException e) {
                return new RefreshResult.Unreachable(String.valueOf(e.getMessage()), staleSince(now));
            }
        }
    }

    /** The last verified metadata from the store, verified again, expired or not; asks no server. */
    public LoadResult loadTrusted() throws IOException {
        try (TrustStore.Lock held = store.lock()) {
            Optional<TrustedTargets> trusted = inForce(StoredState.load(store, limits));
            if (trusted.isEmpty()) {
                return new LoadResult.Nothing();
            }
            return new LoadResult.Trusted(trusted.get(), trusted.get().staleSince(clock.instant()));
        } catch (RejectedException e) {
            return new LoadResult.Refused(e.rejection());
        }
    }

    /** Reads one target of the last verified, unexpired metadata (specification 5.7), from the cache if it is there. */
    public DownloadResult download(String path) throws IOException {
        try (TrustStore.Lock held = store.lock()) {
            StoredState state = StoredState.load(store, limits);
            TargetFile file = requireFresh(state).files().get(path);
            if (file == null) {
                // 5.7.2
                throw new RejectedException(
                        Refusal.UNKNOWN_TARGET, path, "not listed in targets.json", "a listed target", "5.7.2");
            }
            return new DownloadResult.Verified(
                    contents.read(path, file, state.root().metadata()));
        } catch (RejectedException e) {
            return new DownloadResult.Refused(e.rejection());
        } catch (FetchException e) {
            return new DownloadResult.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads every target of the last verified, unexpired metadata. When all are there, remembers that state as complete and
     * drops cached targets that it does not list; until then the state that was complete before remains so.
     */
    public ContentResult downloadAll() throws IOException {
        try (TrustStore.Lock held = store.lock()) {
            StoredState state = StoredState.load(store, limits);
            TargetsMetadata targets = requireFresh(state);
            Map<String, byte[]> content = new TreeMap<>();
            for (Map.Entry<String, TargetFile> each : targets.files().entrySet()) {
                content.put(
                        each.getKey(),
                        contents.read(
                                each.getKey(), each.getValue(), state.root().metadata()));
            }
            remember(Objects.requireNonNull(state.targets()));
            TrustedTargets trusted = state.trusted(targets);
            return new ContentResult.Complete(trusted, content, trusted.staleSince(clock.instant()));
        } catch (RejectedException e) {
            return new ContentResult.Refused(e.rejection());
        } catch (FetchException e) {
            return new ContentResult.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    /** The last state of which every target was read, verified again, expired or not; asks no server. */
    public ContentResult lastComplete() throws IOException {
        try (TrustStore.Lock held = store.lock()) {
            StoredState state = StoredState.load(store, limits);
            Optional<byte[]> bytes = store.read(StoredFile.COMPLETE);
            if (bytes.isEmpty()) {
                return new ContentResult.Nothing();
            }
            TargetsMetadata targets = complete(bytes.get(), state);
            Map<String, byte[]> content = new TreeMap<>();
            for (Map.Entry<String, TargetFile> each : targets.files().entrySet()) {
                content.put(each.getKey(), requireCached(each.getKey(), each.getValue()));
            }
            TrustedTargets trusted = state.trusted(targets);
            return new ContentResult.Complete(trusted, content, trusted.staleSince(clock.instant()));
        } catch (RejectedException e) {
            return new ContentResult.Refused(e.rejection());
        }
    }

    /** The metadata to download by; refused unless the whole of it is verified, consistent and unexpired. */
    private TargetsMetadata requireFresh(StoredState state) throws IOException, RejectedException {
        Verified<TargetsMetadata> targets = state.targets();
        if (state.timestamp() == null || state.snapshot() == null || targets == null) {
            throw new RejectedException(
                    Refusal.MISSING, "targets.json", "metadata not verified yet", "a verified refresh before", "5.6");
        }
        long listed = state.snapshot().metadata().targets().version();
        if (listed != targets.metadata().version()) {
            throw new RejectedException(
                    Refusal.WRONG_VERSION,
                    "targets.json",
                    "version " + targets.metadata().version(),
                    "version " + listed + ", which the last refresh did not reach",
                    "5.6.4");
        }
        // Long-running callers download later than they refreshed: expiry is checked at this time too (T-9).
        UpdateCycle now = new UpdateCycle(store, fetcher, limits, floor.check(clock.instant()));
        now.requireUnexpired("root.json", state.root().metadata().expires(), "5.7, T-9");
        now.requireUnexpired("timestamp.json", state.timestamp().metadata().expires(), "5.7, T-9");
        now.requireUnexpired("snapshot.json", state.snapshot().metadata().expires(), "5.7, T-9");
        now.requireUnexpired("targets.json", targets.metadata().expires(), "5.7, T-9");
        return targets.metadata();
    }

    private void remember(Verified<TargetsMetadata> targets) throws IOException {
        boolean known = store.read(StoredFile.COMPLETE)
                .filter(bytes -> Arrays.equals(bytes, targets.bytes()))
                .isPresent();
        if (!known) {
            store.write(StoredFile.COMPLETE, targets.bytes());
        }
        Set<String> hashes = targets.metadata().files().values().stream()
                .map(TargetFile::hash)
                .collect(Collectors.toSet());
        store.retainTargets(hashes);
    }

    private byte[] requireCached(String path, TargetFile file) throws IOException, RejectedException {
        return contents.cached(file)
                .orElseThrow(() -> new RejectedException(
                        Refusal.HASH, path, "damaged or gone from the cache", "the signed content", "T-16"));
    }

    private TargetsMetadata complete(byte[] bytes, StoredState state) throws RejectedException {
        String subject = StoredFile.COMPLETE.fileName();
        return StoredState.verify(
                        bytes,
                        state.root().metadata(),
                        Role.TARGETS,
                        subject,
                        "T-16",
                        StoredState.targetsParser(limits))
                .metadata();
    }

    /** The newest verified targets: those of the last update, or those last completed when a key rotation dropped them. */
    private Optional<TrustedTargets> inForce(StoredState state) throws IOException, RejectedException {
        @Nullable Verified<TargetsMetadata> targets = state.targets();
        if (targets != null) {
            return Optional.of(state.trusted(targets.metadata()));
        }
        Optional<byte[]> bytes = store.read(StoredFile.COMPLETE);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(state.trusted(complete(bytes.get(), state)));
    }

    private Optional<Instant> staleSince(Instant now) throws IOException {
        try {
            return inForce(StoredState.load(store, limits)).flatMap(trusted -> trusted.staleSince(now));
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }
}
