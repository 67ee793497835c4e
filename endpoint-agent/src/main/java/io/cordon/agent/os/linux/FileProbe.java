package io.cordon.agent.os.linux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little the planner needs to know of the file system; small, so that a test can be one. Paths are absolute and
 * normalized. What cannot be looked at is an {@link UnreadableException}: the planner then refuses rather than guesses.
 */
public interface FileProbe {
    /** What is at the path itself; links are not followed. */
    Stat stat(String path);

    /** The path with every link resolved; null when it (or the target of a link) does not exist. */
    @Nullable
    String canonical(String path);

    /** Names in a directory in order; null when there are more than the limit. Empty when it is not a directory. */
    @Nullable
    List<String> names(String directory, int limit);

    /** The first line of a small regular file; empty when it is none. */
    String firstLine(String path);

    /** @param mode the permission bits; 0 when missing */
    record Stat(Kind kind, int uid, int gid, int mode) {
        static final Stat MISSING = new Stat(Kind.MISSING, -1, -1, 0);
    }

    /** What a path is. */
    enum Kind {
        MISSING,
        FILE,
        DIRECTORY,
        LINK,
        /** Socket, pipe, device. */
        OTHER
    }

    /** The file system would not tell. */
    final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnreadableException(String message) {
            super(message);
        }
    }
}
