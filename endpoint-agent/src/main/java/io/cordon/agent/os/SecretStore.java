package io.cordon.agent.os;

import java.io.IOException;
import java.util.Optional;

/**
 * Keeps small secrets (the identity key, the key that hashes arguments) where only the agent can read them. Writes are atomic
 * and durable: after a crash a name holds its old or its new value.
 */
public interface SecretStore {
    /** Longest secret, in bytes. */
    int MAX_LENGTH = 64 * 1024;

    Optional<byte[]> read(String name) throws IOException;

    /**
     * @param name lower-case letters, digits, dot and dash; anything else is an {@link IllegalArgumentException}
     */
    void write(String name, byte[] value) throws IOException;

    /** Deleting what is not there is no error. */
    void delete(String name) throws IOException;
}
