package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.Optional;

/**
 * The private temporary folder of a developer's runs: {@code <temporary>\<SID>}, closed to everybody but the system and the
 * developer, and protected from the entries above, among which the one that closes Cordon's own folder may be.
 */
final class TemporaryFolder {
    private static final int TO_ALL = AclEntry.OBJECT_INHERIT | AclEntry.CONTAINER_INHERIT;

    private final SecuredFiles files;
    private final FolderBook book;
    private final String temporary;
    private final Sid developer;

    /** @param temporary the folder that holds the developers' temporary folders */
    TemporaryFolder(SecuredFiles files, FolderBook book, String temporary, Sid developer) {
        this.files = files;
        this.book = book;
        this.temporary = temporary;
        this.developer = developer;
    }

    /** Whether the path is where such folders are. */
    boolean isAt(String path) {
        return WindowsPaths.same(WindowsPaths.parent(path), temporary);
    }

    /** Makes it if it is missing. It holds nothing of Cordon's and goes, with what runs left in it, at uninstall. */
    void ensure(String path) throws IOException {
        make(temporary, SecurityDescriptor.of(Sid.ADMINISTRATORS, true, system()));
        make(path, SecurityDescriptor.of(developer, true, withDeveloper()));
    }

    private void make(String path, SecurityDescriptor descriptor) throws IOException {
        Optional<SecuredFile> there = files.open(path);
        if (there.isPresent()) {
            try (SecuredFile folder = there.get()) {
                RootChecks.requirePlanned(folder, path);
                if (!folder.descriptor().isProtected()) {
                    throw new CannotConfineException(
                            "temporary-folder",
                            path + " inherits entries and so is not Cordon's own; remove it, it is made anew");
                }
            }
            return;
        }
        String parent = WindowsPaths.parent(path);
        Optional<SecuredFile> above = files.open(parent);
        if (above.isEmpty()) {
            throw new CannotConfineException(
                    "temporary-folder", parent + " does not exist (expected: Cordon's data folder); reinstall Cordon");
        }
        try (SecuredFile folder = above.get()) {
            RootChecks.requirePlanned(folder, parent);
            book.intendTemporary(path);
            folder.create(WindowsPaths.name(path), true, descriptor).close();
        }
    }

    private static Acl system() {
        return Acl.of(
                Ace.allow(TO_ALL, AccessMask.FILE_ALL_ACCESS, Sid.LOCAL_SYSTEM),
                Ace.allow(TO_ALL, AccessMask.FILE_ALL_ACCESS, Sid.ADMINISTRATORS));
    }

    private Acl withDeveloper() {
        return Acl.of(
                Ace.allow(TO_ALL, AccessMask.FILE_ALL_ACCESS, Sid.LOCAL_SYSTEM),
                Ace.allow(TO_ALL, AccessMask.FILE_ALL_ACCESS, Sid.ADMINISTRATORS),
                Ace.allow(TO_ALL, AccessMask.MODIFY, developer));
    }
}
