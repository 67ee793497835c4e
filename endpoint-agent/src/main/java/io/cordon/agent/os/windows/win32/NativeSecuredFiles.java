package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.Acl;
import io.cordon.agent.os.windows.access.SecuredFiles;
import io.cordon.agent.os.windows.access.SecurityDescriptor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Files of this machine by handle. For entries of others' files, and owners that are not its own, the process needs
 * SeBackupPrivilege and SeRestorePrivilege enabled: {@link FilePrivileges}.
 */
public final class NativeSecuredFiles implements SecuredFiles {
    private static final int MAX_DEPTH = 16_384;
    private static final int REMOVAL = OpenFile.CONTROL | FileConstants.DELETE | FileConstants.FILE_WRITE_ATTRIBUTES;

    @Override
    public Optional<SecuredFile> open(String path) throws IOException {
        Optional<OpenFile> found = OpenFile.open(null, path, OpenFile.CONTROL, 0, null);
        return found.isPresent() ? Optional.of(new Opened(found.get())) : Optional.empty();
    }

    /**
     * Removes a folder with everything in it; what a reparse point leads to is left alone. Nothing when it is not there.
     *
     * @throws IOException also when somebody keeps putting files into it
     */
    public void removeTree(String path) throws IOException {
        Optional<OpenFile> found = OpenFile.open(null, path, REMOVAL, 0, null);
        if (found.isPresent()) {
            removeTree(found.get());
        }
    }

    /** What is to be removed once what is in it is. */
    private record Doomed(OpenFile file, Iterator<String> names) {}

    /** By handle at every level, so that a folder that is exchanged for a link meanwhile leads nowhere. */
    private static void removeTree(OpenFile root) throws IOException {
        Deque<Doomed> levels = new ArrayDeque<>();
        try {
            doom(levels, root);
            while (!levels.isEmpty()) {
                Doomed last = levels.getLast();
                if (last.names().hasNext()) {
                    Optional<OpenFile> child =
                            OpenFile.open(last.file(), last.names().next(), REMOVAL, 0, null);
                    if (child.isPresent()) {
                        doom(levels, child.get());
                    }
                } else {
                    levels.removeLast();
                    try (OpenFile empty = last.file()) {
                        empty.makeRemovable();
                        empty.remove();
                    }
                }
            }
        } finally {
            for (Doomed left : levels) {
                left.file().close();
            }
        }
    }

    private static void doom(Deque<Doomed> levels, OpenFile file) throws IOException {
        try {
            if (levels.size() == MAX_DEPTH) {
                throw new IOException("folders nested deeper than " + MAX_DEPTH + ". Remove them by hand");
            }
            int attributes = file.facts().dwFileAttributes;
            boolean folder = (attributes & FileConstants.FILE_ATTRIBUTE_DIRECTORY) != 0
                    && (attributes & FileConstants.FILE_ATTRIBUTE_REPARSE_POINT) == 0;
            levels.addLast(new Doomed(file, folder ? file.names().iterator() : Collections.emptyIterator()));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Optional<SecuredFile> openById(FileId id, String hint) throws IOException {
        Optional<OpenFile> volume = onVolume(id.volume(), hint);
        if (volume.isEmpty()) {
            return Optional.empty();
        }
        try (OpenFile place = volume.get()) {
            Optional<OpenFile> found = place.byId(id.file(), OpenFile.CONTROL);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Opened opened = new Opened(found.get());
            if (!opened.id().equals(id)) {
                opened.close();
                return Optional.empty();
            }
            return Optional.of(opened);
        }
    }

    @Override
    public boolean isThere(long volume, String path) {
        try {
            Optional<OpenFile> place = onVolume(volume, path);
            if (place.isPresent()) {
                place.get().close();
            }
            return place.isPresent();
        } catch (IOException e) {
            // A drive without a medium or with a locked one says so in many ways, all of which mean that it is not
            // there.
            return false;
        }
    }

    /** The first on the way down that lies on the volume: one that is mounted into a folder has no drive's root. */
    private static Optional<OpenFile> onVolume(long volume, String path) throws IOException {
        IOException failure = null;
        for (int end = 3; end > 0; end = next(path, end)) {
            try {
                Optional<OpenFile> place = OpenFile.open(null, path.substring(0, end), OpenFile.LOOK, 0, null);
                if (place.isPresent() && liesOn(volume, place.get())) {
                    return place;
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    /** Where the path's next name ends; -1 after the last. */
    private static int next(String path, int end) {
        if (end >= path.length()) {
            return -1;
        }
        int separator = path.indexOf('\\', end + 1);
        return separator < 0 ? path.length() : separator;
    }

    /** Closes it unless it does. */
    private static boolean liesOn(long volume, OpenFile place) throws IOException {
        boolean does = false;
        try {
            does = OpenFile.id(place.facts()).volume() == volume;
        } finally {
            if (!does) {
                place.close();
            }
        }
        return does;
    }

    private static final class Opened implements SecuredFile {
        private final OpenFile file;
        private final FileTypes.BY_HANDLE_FILE_INFORMATION facts;

        Opened(OpenFile file) throws IOException {
            this.file = file;
            this.facts = facts(file);
        }

        /** A handle without an owner must not stay open. */
        private static FileTypes.BY_HANDLE_FILE_INFORMATION facts(OpenFile file) throws IOException {
            try {
                return file.facts();
            } catch (IOException e) {
                file.close();
                throw e;
            }
        }

        @Override
        public FileId id() {
            return OpenFile.id(facts);
        }

        @Override
        public boolean directory() {
            return (facts.dwFileAttributes & FileConstants.FILE_ATTRIBUTE_DIRECTORY) != 0;
        }

        @Override
        public boolean reparsePoint() {
            return (facts.dwFileAttributes & FileConstants.FILE_ATTRIBUTE_REPARSE_POINT) != 0;
        }

        @Override
        public int links() throws IOException {
            return file.facts().nNumberOfLinks;
        }

        @Override
        public String finalPath() throws IOException {
            return file.finalPath();
        }

        @Override
        public SecurityDescriptor descriptor() throws IOException {
            return file.descriptor();
        }

        @Override
        public void setDacl(Acl dacl, boolean protect) throws IOException {
            file.secure(
                    FileConstants.DACL_SECURITY_INFORMATION, file.descriptor().toSet(dacl, protect));
        }

        @Override
        public void setOwner(Sid owner) throws IOException {
            file.setOwner(owner);
        }

        @Override
        public List<String> names() throws IOException {
            return file.names();
        }

        @Override
        public Optional<SecuredFile> child(String name) throws IOException {
            Optional<OpenFile> found = OpenFile.open(file, name, OpenFile.CONTROL, 0, null);
            return found.isPresent() ? Optional.of(new Opened(found.get())) : Optional.empty();
        }

        @Override
        public SecuredFile create(String name, boolean directory, SecurityDescriptor descriptor) throws IOException {
            int kind = directory ? FileConstants.FILE_DIRECTORY_FILE : FileConstants.FILE_NON_DIRECTORY_FILE;
            OpenFile made = OpenFile.open(file, name, OpenFile.CONTROL, kind, descriptor.bytes())
                    .orElseThrow(() -> new IOException(name + ": not made"));
            return new Opened(made);
        }

        @Override
        public boolean deleteIfEmpty() throws IOException {
            if (directory() ? !names().isEmpty() : file.facts().nFileSizeLow != 0 || file.facts().nFileSizeHigh != 0) {
                return false;
            }
            int access = FileConstants.DELETE | FileConstants.SYNCHRONIZE;
            Optional<OpenFile> again = OpenFile.open(null, finalPath(), access, 0, null);
            if (again.isEmpty()) {
                return true;
            }
            try (OpenFile removable = again.get()) {
                if (OpenFile.id(removable.facts()).equals(id())) {
                    removable.remove();
                    return true;
                }
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
