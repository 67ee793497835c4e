package io.cordon.policy.trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A repository's server in memory: serves published files, or whatever an attacker put in their place. */
final class FakeServer implements Fetcher {
    final List<String> requests = new ArrayList<>();
    private final Map<String, byte[]> files = new HashMap<>();
    private @Nullable Instant time;
    private boolean down;
    private boolean ignoresBounds;
    private int transferred;

    void serve(RepositoryFiles published) {
        files.putAll(published.files());
    }

    void serve(String path, byte[] bytes) {
        files.put(path, bytes);
    }

    /** Forgets everything that was served and serves only this, as a roll back does. */
    void serveOnly(RepositoryFiles published) {
        files.clear();
        serve(published);
    }

    void remove(String path) {
        files.remove(path);
    }

    void down(boolean isDown) {
        down = isDown;
    }

    void claimTime(Instant claimed) {
        time = claimed;
    }

    /** From now on hands out more than it was asked for, as a broken fetcher would. */
    void ignoreBounds() {
        ignoresBounds = true;
    }

    /** Bytes handed out since the start. */
    int transferred() {
        return transferred;
    }

    /** One at a time: several clients may ask at once. */
    @Override
    public synchronized byte[] fetch(String path, int maxLength) throws FetchException {
        requests.add(path);
        if (down) {
            throw new FetchException("connection refused");
        }
        byte[] bytes = files.get(path);
        if (bytes == null) {
            throw new FetchException.NotFound(path);
        }
        if (bytes.length > maxLength && !ignoresBounds) {
            transferred += maxLength;
            throw new FetchException.TooLarge(path, maxLength);
        }
        transferred += bytes.length;
        return bytes.clone();
    }

    @Override
    public Optional<Instant> serverTime() {
        return Optional.ofNullable(time);
    }
}
