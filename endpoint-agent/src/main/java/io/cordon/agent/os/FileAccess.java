package io.cordon.agent.os;

import org.jspecify.annotations.Nullable;

/**
 * Turns the file part of a policy into what has to be set up on this machine for one run. Planning changes nothing; it looks at
 * the file system and answers. What cannot be enforced here is refused, never left out.
 */
public interface FileAccess {
    /**
     * @param cwd absolute, canonical working directory of the caller
     * @param online whether the run keeps the network, and so needs name resolution
     */
    FilePlan plan(FileBoundary boundary, Principal principal, String cwd, boolean online);

    /** The temporary directory of the principal's runs; what <code>${tmp}</code> stands for. */
    String temporaryDirectory(Principal principal);

    /** The writable work tree a run from {@code cwd} would get, or null; what {@code ${workspace}} stands for. */
    @Nullable
    String workspace(Principal principal, String cwd);
}
