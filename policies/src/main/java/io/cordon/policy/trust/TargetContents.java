package io.cordon.policy.trust;

import java.io.IOException;
import java.util.Optional;

/** Content of targets, from the cache or the repository, never unverified (specification 5.7). */
final class TargetContents {
    private final TrustStore store;
    private final Fetcher fetcher;
    private final Limits limits;

    TargetContents(TrustStore store, Fetcher fetcher, Limits limits) {
        this.store = store;
        this.fetcher = fetcher;
        this.limits = limits;
    }

    /** From the cache, if it is there and still has the signed length and hashes. */
    Optional<byte[]> cached(TargetFile file) throws IOException {
        return store.readTarget(file.hash())
                .filter(bytes -> bytes.length == file.length() && Hashes.match(bytes, file.hashes()));
    }

    /** From the cache or the repository; what comes from the repository is cached once it is verified. */
    byte[] read(String path, TargetFile file, RootMetadata root) throws IOException, RejectedException {
        Optional<byte[]> cached = cached(file);
        if (cached.isPresent()) {
            return cached.get();
        }
        // 5.7.3: at most the signed length, then length and hashes.
        if (file.length() > limits.targetLength()) {
            throw new RejectedException(
                    Refusal.TOO_LARGE,
                    path,
                    file.length() + " bytes",
                    "at most " + limits.targetLength() + " bytes",
                    "5.7.3, T-13");
        }
        String served = root.consistentSnapshot() ? TargetPath.served(path, file.hash()) : "targets/" + path;
        byte[] bytes = Download.named(fetcher, served, file.length(), "5.7.3");
        if (bytes.length != file.length()) {
            throw new RejectedException(Refusal.HASH, path, bytes.length + " bytes", file.length() + " bytes", "5.7.3");
        }
        Hashes.require(bytes, file.hashes(), path, "5.7.3");
        store.writeTarget(file.hash(), bytes);
        return bytes;
    }
}
