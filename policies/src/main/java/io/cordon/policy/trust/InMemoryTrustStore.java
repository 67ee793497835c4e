package io.cordon.policy.trust;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** A store that lasts as long as the process: the reference of the contract, and for tests. */
public final class InMemoryTrustStore implements TrustStore {
    private final Semaphore turn = new Semaphore(1, true);
    private final Map<StoredFile, byte[]> files = new EnumMap<>(StoredFile.class);
    private final Map<String, byte[]> targets = new HashMap<>();

    @Override
    public Lock lock() {
        turn.acquireUninterruptibly();
        return turn::release;
    }

    @Override
    public Optional<byte[]> read(StoredFile file) {
        return Optional.ofNullable(files.get(file)).map(byte[]::clone);
    }

    @Override
    public void write(StoredFile file, byte[] bytes) {
        files.put(file, bytes.clone());
    }

    @Override
    public void delete(StoredFile file) {
        files.remove(file);
    }

    @Override
    public Optional<byte[]> readTarget(String hash) {
        return Optional.ofNullable(targets.get(TrustStore.requireHash(hash))).map(byte[]::clone);
    }

    @Override
    public void writeTarget(String hash, byte[] bytes) {
        targets.put(TrustStore.requireHash(hash), bytes.clone());
    }

    @Override
    public void retainTargets(Set<String> hashes) {
        targets.keySet().retainAll(hashes);
    }
}
