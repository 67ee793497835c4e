package io.cordon.policy.trust;

import java.time.Instant;
import java.util.Optional;

/**
 * Reads files of the repository from wherever it is served. What comes back is not trusted in any way.
 *
 * <p>Called by one thread at a time. Implementations bound their own time.
 */
public interface Fetcher {
    /**
     * Reads one file.
     *
     * @param path relative to the repository's base, '/' separated, not percent-encoded, for example {@code
     *     metadata/timestamp.json} or {@code targets/policies/<sha256>.balanced.yaml}
     * @param maxLength the most bytes to read; the transfer stops there
     * @throws FetchException.NotFound when the server says that there is no such file (HTTP 404)
     * @throws FetchException.TooLarge when the file has more than {@code maxLength} bytes
     * @throws FetchException when the server cannot be reached or answers with anything else
     */
    byte[] fetch(String path, int maxLength) throws FetchException;

    /**
     * The time that the server claims, for example from the last reply's {@code Date}. It never makes anything acceptable; it
     * only lets a refusal for expiry say that the local clock may be wrong.
     */
    default Optional<Instant> serverTime() {
        return Optional.empty();
    }
}
