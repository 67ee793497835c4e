package io.cordon.policy.trust;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A store in a directory: {@code root.json}, {@code timestamp.json}, … byte for byte as received, and {@code cache/}. */
public final class FileTrustStore implements TrustStore {
    public FileTrustStore(Path directory) {}

    @Override
    public Lock lock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> read(StoredFile file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(StoredFile file, byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(StoredFile file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> readTarget(String hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeTarget(String hash, byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void retainTargets(Set<String> hashes) {
        throw new UnsupportedOperationException();
    }
}
