package io.cordon.policy.trust;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The verifying side. Safe for use by several threads and, over one {@link FileTrustStore} directory, several processes.
 *
 * <p>The usual round: {@link #refresh()}; when verified, {@link #downloadAll()}; when complete, resolve and apply. At start,
 * {@link #lastComplete()}. There is no switch that turns verification off.
 */
public final class TrustClient {
    public TrustClient(TrustStore store, Fetcher fetcher, InstantSource clock, Limits limits) {}

    /**
     * Pins the seed on first contact. When a root is pinned already it stays, and only newer seed versions are taken over.
     *
     * @throws IOException when the store cannot be read or written
     */
    public SeedResult initialise(Seed seed) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Forgets everything and pins this seed: an administrator's decision to follow another repository. */
    public SeedResult startOver(Seed seed) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * One update cycle (specification 5.1 to 5.6).
     *
     * @throws IOException when the store cannot be read or written
     */
    public RefreshResult refresh() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The last verified metadata from the store, verified again, expired or not; asks no server. */
    public LoadResult loadTrusted() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Reads one target of the last verified, unexpired metadata (specification 5.7), from the cache if it is there. */
    public DownloadResult download(String path) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Reads every target of the last verified, unexpired metadata; when all are there, remembers that state as complete. */
    public ContentResult downloadAll() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The last state of which every target was read, verified again, expired or not; asks no server. */
    public ContentResult lastComplete() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** One target from the cache, verified against the last verified metadata, expired or not; asks no server. */
    public Optional<byte[]> cached(String path) throws IOException {
        throw new UnsupportedOperationException();
    }
}
