package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes closed paths that are missing, so that a run cannot make them: with the developer as owner, or the run's folder
 * would be somebody else's to Git and to the developer, and closed from their birth.
 */
final class Placeholders {
    /** Closed names that are files; any other missing name is made as a folder, which Git does not notice. */
    private static final Set<String> FILES = Set.of(
            "config",
            "config.worktree",
            "head",
            ".env",
            ".gitconfig",
            ".gitmodules",
            ".npmrc",
            ".netrc",
            ".pypirc",
            ".bashrc",
            ".bash_profile",
            ".profile",
            ".mcp.json");

    private final SecuredFiles files;
    private final AclBook book;
    private final Trustees trustees;
    private final Sid developer;
    private final String scope;

    Placeholders(SecuredFiles files, AclBook book, Trustees trustees, Sid developer, String scope) {
        this.files = files;
        this.book = book;
        this.trustees = trustees;
        this.developer = developer;
        this.scope = scope;
    }

    /** Makes what is missing on the way to the path and the path itself. */
    void ensure(Wanted wanted) throws IOException {
        ensure(wanted, !looksLikeFile(WindowsPaths.name(wanted.path())));
    }

    private void ensure(Wanted wanted, boolean directory) throws IOException {
        Optional<SecuredFile> there = files.open(wanted.path());
        if (there.isPresent()) {
            there.get().close();
            share(wanted.path());
            return;
        }
        String parent = WindowsPaths.parent(wanted.path());
        if (WindowsPaths.isDriveRoot(wanted.path())) {
            throw new CannotConfineException("no-drive", wanted.path() + " is not there any more; try again");
        }
        ensure(new Wanted(parent, Wanted.Role.HELD, wanted.capability(), true), true);
        make(wanted, parent, directory);
    }

    /** What stands there for another run stands there for this one too, and must outlast it; with what it stands in. */
    private void share(String path) throws IOException {
        for (AclBook.Placeholder known : book.placeholders()) {
            boolean above = WindowsPaths.inside(path, known.path());
            AclBook.Placeholder own = new AclBook.Placeholder(scope, known.path(), known.marker());
            if (above && !book.placeholders().contains(own)) {
                book.intendPlaceholder(own);
            }
        }
    }

    private void make(Wanted wanted, String parent, boolean directory) throws IOException {
        List<Ace> aces = wanted.aces(trustees, directory);
        Sid marker = aces.get(0).sid();
        book.intendPlaceholder(new AclBook.Placeholder(scope, wanted.path(), marker));
        try (SecuredFile folder = files.require(parent)) {
            RootChecks.requirePlanned(folder, parent);
            SecurityDescriptor descriptor =
                    SecurityDescriptor.of(developer, false, Acl.of(aces.toArray(new AclEntry[0])));
            folder.create(WindowsPaths.name(wanted.path()), directory, descriptor)
                    .close();
        }
    }

    static boolean looksLikeFile(String name) {
        return FILES.contains(name.toLowerCase(Locale.ROOT)) || name.indexOf('.', 1) > 0;
    }
}
