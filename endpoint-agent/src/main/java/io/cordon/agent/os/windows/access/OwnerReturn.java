package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives what runs made below a folder to the developer, with the ledger knowing first; what a crash stops goes on at the next
 * start.
 */
final class OwnerReturn {
    private final SecuredFiles files;
    private final FolderBook book;
    private final TreeStamp tree;

    OwnerReturn(SecuredFiles files, FolderBook book, TreeStamp tree) {
        this.files = files;
        this.book = book;
        this.tree = tree;
    }

    void below(SecuredFile folder, String path, Sid developer) throws IOException {
        FolderBook.GivingBack giving = new FolderBook.GivingBack(path, folder.id(), developer);
        tree.takeOver(folder, developer, () -> book.intendGivingBack(giving));
        book.givenBack(giving);
    }

    /**
     * The object alone, as it is found to be a run's.
     *
     * @param above the folder it is in
     */
    void itself(SecuredFile above, SecuredFile file, String path, Sid developer) throws IOException {
        FolderBook.GivingBack giving = new FolderBook.GivingBack(path, file.id(), developer);
        book.intendGivingBack(giving);
        TreeStamp.own(file, developer, above.descriptor());
        book.givenBack(giving);
    }

    /** At start. */
    void finish() throws IOException {
        for (FolderBook.GivingBack giving : book.givings()) {
            if (!files.isThere(giving.id().volume(), giving.path())) {
                continue;
            }
            Optional<SecuredFile> found = files.openById(giving.id(), giving.path());
            if (found.isPresent()) {
                try (SecuredFile folder = found.get()) {
                    tree.takeOver(folder, giving.developer(), () -> book.intendGivingBack(giving));
                }
            }
            book.givenBack(giving);
        }
    }

    /** At the end, as {@link Retirement#forgetAway}. */
    Set<String> forgetAway() throws IOException {
        Set<String> drives = new TreeSet<>();
        for (FolderBook.GivingBack giving : book.givings()) {
            drives.add(WindowsPaths.driveRoot(giving.path()));
            book.givenBack(giving);
        }
        return drives;
    }
}
