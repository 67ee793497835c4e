package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** What the agent's own folders and files need of the file system. Nothing here follows a reparse point at the end of a path. */
public interface FileSecurity {
    /** What is at the path. */
    sealed interface Found {
        record Missing() implements Found {}

        /** A junction, a symbolic link or any other reparse point. */
        record Link() implements Found {}

        /**
         * @param owner of the object
         * @param trustees everybody whom its access list allows anything; a missing list allows Everyone
         * @param access its access list as Windows writes it
         */
        record There(boolean folder, Sid owner, Set<Sid> trustees, String access) implements Found {
            public There {
                trustees = Set.copyOf(trustees);
            }
        }
    }

    Found look(Path path) throws IOException;

    /**
     * Makes a folder that has this descriptor from its first moment.
     *
     * @throws java.nio.file.FileAlreadyExistsException when something is there
     */
    void createFolder(Path folder, String sddl) throws IOException;

    /** Replaces owner and access list, through a handle that is not a link's; what is below takes over what it inherits. */
    void secure(Path path, String sddl) throws IOException;

    /** The access list of the descriptor as Windows writes it, comparable with {@link Found.There#access}. */
    String canonicalAccess(String sddl) throws IOException;

    /** Waits until the file's content and name are on the disk. */
    void flush(Path file) throws IOException;
}
