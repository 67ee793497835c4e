package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.SecuredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Carries a change of a folder's entries down its tree, handle by handle. Windows' own way (SetNamedSecurityInfo) goes by path and
 * writes every object anew; this one follows no reparse point, leaves protected lists alone and writes only what differs.
 */
final class TreeStamp {
    private final Set<Sid> accounts;
    private final String spared;

    /**
     * @param accounts whose objects are taken over
     * @param spared a folder that is left alone, with everything in it
     */
    TreeStamp(Set<Sid> accounts, String spared) {
        this.accounts = accounts;
        this.spared = spared;
    }

    /**
     * Recomputes what everything below the folder inherits.
     *
     * @param removed entries that the folder no longer has
     */
    void carryDown(SecuredFile folder, Set<Ace> removed) throws IOException {
        TreeWalk.below(folder, (above, child, path) -> {
            SecurityDescriptor is = child.descriptor();
            Acl full = Inheritance.below(above, is, child.directory());
            Acl wanted = child.directory() || child.links() == 1 ? full : Inheritance.narrowed(is, full, removed);
            if (!wanted.entries().equals(is.entries())) {
                child.setDacl(wanted, is.isProtected());
            }
            // A protected list passes on what it has itself, which did not change.
            return !is.isProtected();
        });
    }

    /**
     * Gives what sandbox accounts own below the folder to the developer, without entries of its own: whoever owns an object can
     * change its entries, and what a run set itself must not outlive the run's rights.
     *
     * @param first done before each change
     */
    void takeOver(SecuredFile folder, Sid developer, Before first) throws IOException {
        TreeWalk.below(folder, (above, child, path) -> {
            if (isOurs(child)) {
                first.write();
                own(child, developer, above);
            }
            return true;
        });
    }

    /** What has to be written down first. */
    @FunctionalInterface
    interface Before {
        void write() throws IOException;
    }

    /** Gives one object to the developer, with what its folder hands down and nothing else. */
    static void own(SecuredFile child, Sid developer, SecurityDescriptor above) throws IOException {
        SecurityDescriptor bare = SecurityDescriptor.of(developer, false, Acl.of());
        child.setDacl(Inheritance.below(above, bare, child.directory()), false);
        child.setOwner(developer);
    }

    /** Whether a sandbox account owns it. */
    boolean isOurs(SecuredFile file) throws IOException {
        Sid owner = file.descriptor().owner();
        return owner != null && accounts.contains(owner);
    }

    /**
     * Objects below a closed folder whose own entries come before those they inherit, or that inherit nothing, and that give
     * something to somebody else than the system and the developer: they are closed one by one.
     */
    List<String> exposed(SecuredFile folder, String path, Sid developer) throws IOException {
        List<String> found = new ArrayList<>();
        if (WindowsPaths.inside(path, spared)) {
            return found;
        }
        Set<Sid> harmless = Set.of(developer, Sid.LOCAL_SYSTEM, Sid.ADMINISTRATORS, Sid.OWNER_RIGHTS);
        boolean holdsSpared = WindowsPaths.inside(spared, path);
        TreeWalk.below(folder, (above, child, at) -> {
            if (holdsSpared && WindowsPaths.inside(at.from(path), spared)) {
                return false;
            }
            // What sandbox accounts own is taken over, and has no entries of its own then.
            if (isExposed(child.descriptor(), harmless) && !isOurs(child)) {
                found.add(at.from(path));
            }
            return true;
        });
        return found;
    }

    private static boolean isExposed(SecurityDescriptor descriptor, Set<Sid> harmless) {
        if (descriptor.isOpen()) {
            return true;
        }
        return descriptor.entries().stream()
                .filter(entry -> descriptor.isProtected() || !entry.inherited())
                .anyMatch(entry -> entry instanceof Ace ace ? ace.allow() && !harmless.contains(ace.sid()) : true);
    }
}
