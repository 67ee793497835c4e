package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Folders that are to be roots and that an earlier run made. Such a folder belongs to a sandbox account, whose next run could
 * change its entries as its owner, and the entries it has are that run's choice, which may leave its developer out. So it is
 * given to the developer first, with what its folder hands down.
 */
final class RunMade {
    private final SecuredFiles files;
    private final AclBook book;
    private final OwnerReturn owners;
    private final TreeStamp tree;
    private final Principal principal;
    private final AclProvisioner.AclMode mode;
    private final Sid developer;

    RunMade(
            SecuredFiles files,
            AclBook book,
            OwnerReturn owners,
            TreeStamp tree,
            Principal principal,
            AclProvisioner.AclMode mode) {
        this.files = files;
        this.book = book;
        this.owners = owners;
        this.tree = tree;
        this.principal = principal;
        this.mode = mode;
        this.developer = Sid.parse(principal.account().windows().sid());
    }

    /** Gives the folder, and those above it that runs made too, to the developer; refuses what is not known to be theirs. */
    void settle(String path) throws IOException {
        String top = path;
        while (isRuns(top)) {
            top = WindowsPaths.parent(top);
        }
        if (!WindowsPaths.same(top, path)) {
            Optional<SecuredFile> found = files.open(top);
            if (found.isPresent()) {
                try (SecuredFile above = found.get()) {
                    RootChecks.requirePlanned(above, top);
                    requireSettled(above, top);
                    settle(above, top, WindowsPaths.components(WindowsPaths.below(path, top)));
                }
            }
        }
    }

    private boolean isRuns(String path) throws IOException {
        Optional<SecuredFile> found = files.open(path);
        if (found.isEmpty()) {
            return false;
        }
        try (SecuredFile file = found.get()) {
            return tree.isOurs(file) && !WindowsPaths.isDriveRoot(path);
        }
    }

    /** From one open folder to the next, so that nothing can be put in between meanwhile. */
    private void settle(SecuredFile above, String top, List<String> names) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        String path = WindowsPaths.join(top, names.get(0));
        Optional<SecuredFile> found = above.child(names.get(0));
        if (found.isPresent()) {
            try (SecuredFile file = found.get()) {
                RootChecks.requirePlanned(file, path);
                if (tree.isOurs(file)) {
                    giveBack(above, file, path);
                }
                settle(file, path, names.subList(1, names.size()));
            }
        }
    }

    private void giveBack(SecuredFile above, SecuredFile file, String path) throws IOException {
        if (mode == AclProvisioner.AclMode.MANUAL) {
            throw new CannotConfineException(
                    "acl-manual",
                    path + " was made by a run and belongs to its account, and Cordon is set not to change that; an"
                            + " administrator runs: icacls \"" + path + "\" /setowner *" + developer
                            + " & icacls \"" + path + "\" /reset");
        }
        if (!isOfTheirRuns(path)) {
            RootChecks.requireRights(file, path, principal, AccessMask.MODIFY);
        }
        owners.itself(above, file, path, developer);
    }

    /** Whether it lies in a root of this developer's runs and of nobody else's. */
    private boolean isOfTheirRuns(String path) {
        List<StampRecord> holding = book.stamps().stream()
                .filter(record -> record.root() && WindowsPaths.inside(path, record.path()))
                .toList();
        return !holding.isEmpty()
                && holding.stream().allMatch(record -> record.developer().equals(developer));
    }

    /** Refuses what belongs to a run after all. */
    void requireSettled(SecuredFile file, String path) throws IOException {
        if (tree.isOurs(file)) {
            throw new CannotConfineException("path-changed", path + " was replaced meanwhile; try again");
        }
    }
}
