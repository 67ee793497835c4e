package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Looks at the roots of a view and at the folders a run enters, before anything is planned for them: given back where a run made
 * them, open to the developer themselves, and, for a root, with a capability of its own.
 */
final class RootAdmission {
    private final SecuredFiles files;
    private final AclBook book;
    private final TemporaryFolder temporary;
    private final RunMade made;
    private final Principal principal;

    /**
     * A root as it was looked at.
     *
     * @param capability the SID whose bearer may write in it
     */
    record Admitted(FileId id, Sid capability) {}

    RootAdmission(SecuredFiles files, AclBook book, TemporaryFolder temporary, RunMade made, Principal principal) {
        this.files = files;
        this.book = book;
        this.temporary = temporary;
        this.made = made;
        this.principal = principal;
    }

    /** @return by path, every root of the view, in its order */
    Map<String, Admitted> admit(FileView.Acls view) throws IOException {
        if (view.roots().size() > Capabilities.MAX) {
            throw new CannotConfineException(
                    "too-many-roots",
                    "the policy has " + view.roots().size() + " writable roots here (expected: at most "
                            + Capabilities.MAX + "); name folders further up");
        }
        Map<String, Admitted> admitted = new LinkedHashMap<>();
        for (FileView.Root root : view.roots()) {
            admitted.put(root.path(), admit(root));
        }
        for (String path : view.entered()) {
            requireEntry(path);
        }
        return admitted;
    }

    private Admitted admit(FileView.Root root) throws IOException {
        boolean own = temporary.isAt(root.path());
        if (own) {
            temporary.ensure(root.path());
        } else {
            made.settle(root.path());
        }
        try (SecuredFile file = files.require(root.path())) {
            RootChecks.requireRoot(file, root.path(), principal, own);
            if (!own) {
                made.requireSettled(file, root.path());
            }
            return new Admitted(file.id(), book.capability(AclKeys.capability(file.id(), root, principal)));
        }
    }

    private void requireEntry(String path) throws IOException {
        made.settle(path);
        try (SecuredFile file = files.require(path)) {
            RootChecks.requireRights(
                    file, path, principal, AccessMask.FILE_GENERIC_READ | AccessMask.FILE_GENERIC_EXECUTE);
        }
    }
}
