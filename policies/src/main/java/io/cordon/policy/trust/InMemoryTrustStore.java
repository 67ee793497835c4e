package io.cordon.policy.trust;

import java.util.Optional;
import java.util.Set;

/** A store that lasts as long as the process: reference of the contract, and for tests. */
public final class InMemoryTrustStore implements TrustStore {
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
