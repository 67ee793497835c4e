package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What has to hold of an open folder before anything in it is opened to a run. */
final class RootChecks {
    private RootChecks() {}

    /** Refuses an object that is not, or not only, what the plan was made for. */
    static void requirePlanned(SecuredFile file, String path) throws IOException {
        if (file.reparsePoint() || !WindowsPaths.same(file.finalPath(), path)) {
            throw new CannotConfineException(
                    "path-changed",
                    path + " is or leads through a link that was not there before (to " + file.finalPath()
                            + "); try again");
        }
    }

    static void requireRoot(SecuredFile file, String path, Principal principal, boolean own) throws IOException {
        requirePlanned(file, path);
        if (!file.directory()) {
            throw new CannotConfineException("root-is-file", path + " is no folder any more; try again");
        }
        if (!own) {
            requireRights(file, path, principal, AccessMask.MODIFY);
            requireNoCreatorRights(file, path);
        }
    }

    /** The service may do everything; a run must not get what the developer it runs for has not. */
    static void requireRights(SecuredFile file, String path, Principal principal, int needed) throws IOException {
        SecurityDescriptor descriptor = file.descriptor();
        int rights = ExplicitEntries.rights(descriptor, sids(principal));
        if ((rights & needed) != needed) {
            throw new CannotConfineException(
                    "not-yours",
                    path + ": " + principal.name() + " lacks rights there (0x" + Integer.toHexString(needed & ~rights)
                            + "), so no run gets them; use a folder of your own");
        }
    }

    private static Set<Sid> sids(Principal principal) {
        Set<Sid> sids = new HashSet<>(Set.of(Sid.EVERYONE, Sid.AUTHENTICATED_USERS));
        sids.add(Sid.parse(principal.account().windows().sid()));
        principal.account().windows().groups().forEach(group -> sids.add(Sid.parse(group)));
        return sids;
    }

    /** Through CREATOR OWNER, what one run makes would be open to every run of the same account. */
    private static void requireNoCreatorRights(SecuredFile file, String path) throws IOException {
        for (AclEntry entry : file.descriptor().entries()) {
            boolean creator = entry instanceof Ace ace
                    && ace.allow()
                    && ace.sid().equals(Sid.CREATOR_OWNER)
                    && (AccessMask.mapped(ace.mask()) & AccessMask.ANY_WRITE) != 0;
            if (creator) {
                throw new CannotConfineException(
                        "creator-owner",
                        path
                                + " gives whoever makes a file control of it (CREATOR OWNER), and so to other runs; remove that"
                                + " with: icacls \"" + path + "\" /inheritance:d /remove:g *S-1-3-0");
            }
        }
    }
}
