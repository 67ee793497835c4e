package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little the planner needs to know of the file system; small, so that a test can be one. Paths are absolute and
 * normalized. What cannot be looked at is an {@link UnreadableException}: the planner then refuses rather than guesses.
 */
public interface WindowsProbe {
    /** What is at the path itself; a reparse point at its end is not followed. */
    Kind kind(String path);

    /**
     * The path by which the file system itself knows it: links resolved, long names, its own case. Null when it (or the target
     * of a link) does not exist.
     */
    @Nullable
    String canonical(String path);

    /** Names in a directory in order; null when there are more than the limit. Empty when it is not a directory. */
    @Nullable
    List<String> names(String directory, int limit);

    /** The first line of a small regular file; empty when it is none. */
    String firstLine(String path);

    /** Whose it is; null when it does not exist. */
    @Nullable
    Sid owner(String path);

    /** The volume that holds the path, whether that exists or not. */
    Volume volume(String path);

    /**
     * @param local false for network drives and what else is not a disk of this machine
     * @param substituted whether the letter stands for a folder of another drive ({@code subst})
     * @param persistentAcls FILE_PERSISTENT_ACLS
     * @param fileSystem such as NTFS
     */
    record Volume(boolean local, boolean substituted, boolean persistentAcls, String fileSystem) {}

    /** What a path is. */
    enum Kind {
        MISSING,
        FILE,
        DIRECTORY,
        /** A symbolic link, junction, mount point or any other reparse point. */
        REPARSE_POINT
    }

    /** The file system would not tell. */
    final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnreadableException(String message) {
            super(message);
        }
    }
}
