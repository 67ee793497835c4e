package io.cordon.policy.trust;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Where an endpoint keeps what it verified. Nothing read back is believed: the client verifies it again.
 *
 * <p>Every write is atomic and durable when the method returns. Only the holder of {@link #lock()} may read or write;
 * threads and processes wait for each other.
 */
public interface TrustStore {
    /** Waits for exclusive use of the store, between threads and between processes. Not reentrant. */
    Lock lock() throws IOException;

    Optional<byte[]> read(StoredFile file) throws IOException;

    void write(StoredFile file, byte[] bytes) throws IOException;

    /** Removes the file; nothing happens when there is none. */
    void delete(StoredFile file) throws IOException;

    /** A cached target file by the lower case hexadecimal SHA-256 or SHA-512 of its content. */
    Optional<byte[]> readTarget(String hash) throws IOException;

    void writeTarget(String hash, byte[] bytes) throws IOException;

    /** Removes every cached target whose hash is not among these. */
    void retainTargets(Set<String> hashes) throws IOException;

    /**
     * The hash itself when it is one, so that no other text can become a file name.
     *
     * @throws IllegalArgumentException otherwise
     */
    static String requireHash(String hash) {
        if (!hash.matches("[0-9a-f]{64}|[0-9a-f]{128}")) {
            throw new IllegalArgumentException(
                    "hash: " + hash + " (expected: SHA-256 or SHA-512 in lower case hexadecimal)");
        }
        return hash;
    }

    /** Exclusive use, until closed. */
    interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
