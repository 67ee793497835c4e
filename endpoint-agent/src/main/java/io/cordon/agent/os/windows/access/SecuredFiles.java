package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.windows.Sid;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What changing access control lists needs of Windows. Everything is done on handles, so that no path can lead elsewhere meanwhile. */
public interface SecuredFiles {
    /** Opens what is at the path; a reparse point at its end is opened itself. Empty when there is nothing. */
    Optional<SecuredFile> open(String path) throws IOException;

    /**
     * As {@link #open}, of what was there a moment ago.
     *
     * @throws CannotConfineException when nothing is there any more
     */
    default SecuredFile require(String path) throws IOException {
        return open(path)
                .orElseThrow(
                        () -> new CannotConfineException("path-changed", path + " is not there any more; try again"));
    }

    /**
     * Opens what has that id, wherever it is called now. Empty when it is gone.
     *
     * @param hint a path on the same volume
     */
    Optional<SecuredFile> openById(FileId id, String hint) throws IOException;

    /**
     * Whether the path leads to that volume now, be it a drive or mounted into a folder. Not while it is unplugged or locked, or
     * another one has its place. What the path names need not be there.
     *
     * @param volume as in {@link FileId}
     */
    boolean isThere(long volume, String path);

    /**
     * What a file is, whatever it is called.
     *
     * @param volume serial number, as unsigned 32 bits
     * @param file 64-bit file id
     */
    record FileId(long volume, long file) {
        @Override
        public String toString() {
            return Long.toHexString(volume) + ":" + Long.toHexString(file);
        }

        static FileId parse(String text) {
            int colon = text.indexOf(':');
            return new FileId(
                    Long.parseUnsignedLong(text.substring(0, colon), 16),
                    Long.parseUnsignedLong(text.substring(colon + 1), 16));
        }
    }

    /** An open file or folder. */
    interface SecuredFile extends Closeable {
        FileId id();

        boolean directory();

        boolean reparsePoint();

        /** How many names it has; more than one means that it may be somewhere else too. */
        int links() throws IOException;

        /** The path by which the file system itself knows it, without {@code \\?\}. */
        String finalPath() throws IOException;

        /** Owner, group and list, as they are now. */
        SecurityDescriptor descriptor() throws IOException;

        /** Sets the list on this object alone; nothing is carried down. */
        void setDacl(Acl dacl, boolean protect) throws IOException;

        void setOwner(Sid owner) throws IOException;

        /** Names in this folder. */
        List<String> names() throws IOException;

        /** As {@link SecuredFiles#open}, relative to this folder. */
        Optional<SecuredFile> child(String name) throws IOException;

        /** Makes an empty file or folder here with that owner and those entries besides inherited ones; fails if the name is taken. */
        SecuredFile create(String name, boolean directory, SecurityDescriptor descriptor) throws IOException;

        /** Removes it if there is nothing in it. */
        boolean deleteIfEmpty() throws IOException;

        @Override
        void close() throws IOException;
    }
}
