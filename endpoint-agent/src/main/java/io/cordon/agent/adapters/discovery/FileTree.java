package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A folder and what is below it, as its owner may read it. Paths are relative to it, with {@code /}. No link is followed on the way
 * to anything, and what the owner could not read himself is not read for him.
 */
interface FileTree {
    /** @param kind what stands there, links not followed */
    record Entry(Kind kind, long size, Instant modified) {}

    enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    /** The folder itself, absolute. */
    String root();

    /** Who owns it, by name. */
    String owner();

    /** What stands there; empty when nothing does, or when a link or somebody else's folder is on the way. */
    Optional<Entry> look(String path) throws IOException;

    /**
     * The names in a folder, in order, at most {@code most}; empty when there is no such folder.
     *
     * @throws IOException when it is there and cannot be listed; the message names it
     */
    List<String> names(String folder, int most) throws IOException;

    /**
     * A regular file's bytes; empty when nothing stands there.
     *
     * @throws IOException when it is longer, no regular file, a link, or not the owner's to read; the message names it and says which
     */
    Optional<byte[]> read(String path, int most) throws IOException;

    /** Where a link points to, as text, not followed; empty when no link stands there. */
    Optional<String> link(String path) throws IOException;
}
