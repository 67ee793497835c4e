package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a child takes from its parent's list (MS-DTYP 2.5.3.4), so that a change can be carried down by handle, link-safe. */
final class Inheritance {
    private static final int GENERIC =
            AccessMask.GENERIC_ALL | AccessMask.GENERIC_EXECUTE | AccessMask.GENERIC_READ | AccessMask.GENERIC_WRITE;

    private Inheritance() {}

    /** The child's list as it is to be below that parent: its own entries, then what it inherits; unless it is protected. */
    static Acl below(SecurityDescriptor parent, SecurityDescriptor child, boolean directory) {
        Acl own = child.dacl() == null ? Acl.of() : child.dacl();
        if (child.isProtected() || child.isOpen()) {
            return own;
        }
        Sid owner = child.owner() == null ? Sid.LOCAL_SYSTEM : child.owner();
        List<AclEntry> inherited = parent.entries().stream()
                .flatMap(entry -> handedDown(entry, directory, owner).stream())
                .toList();
        return new Acl(
                own.revision(),
                Stream.concat(own.explicit(), inherited.stream()).toList());
    }

    /**
     * What a file with several names gets instead: of its names one may lie outside the folder, put there by a run so that the
     * service opens to it what it could only read. So nothing is opened; entries that deny are added and removed ones go.
     */
    static Acl narrowed(SecurityDescriptor child, Acl full, Set<Ace> removed) {
        List<AclEntry> explicit =
                child.entries().stream().filter(entry -> !entry.inherited()).toList();
        List<AclEntry> present =
                child.entries().stream().filter(AclEntry::inherited).toList();
        Stream<AclEntry> denying = full.entries().stream()
                .filter(entry -> entry.inherited() && entry.type() == Ace.DENY_TYPE && !present.contains(entry));
        Stream<AclEntry> kept =
                present.stream().filter(entry -> full.entries().contains(entry) || !isOneOf(entry, removed));
        return new Acl(
                full.revision(),
                Stream.of(explicit.stream(), denying, kept)
                        .flatMap(each -> each)
                        .toList());
    }

    private static boolean isOneOf(AclEntry entry, Set<Ace> removed) {
        return entry instanceof Ace ace
                && removed.stream()
                        .anyMatch(gone -> gone.allow() == ace.allow()
                                && gone.mask() == ace.mask()
                                && gone.sid().equals(ace.sid()));
    }

    private static List<AclEntry> handedDown(AclEntry entry, boolean directory, Sid owner) {
        boolean toObjects = (entry.flags() & AclEntry.OBJECT_INHERIT) != 0;
        boolean toFolders = (entry.flags() & AclEntry.CONTAINER_INHERIT) != 0;
        boolean on = directory && (entry.flags() & AclEntry.NO_PROPAGATE) == 0;
        int further = on ? entry.flags() & (AclEntry.OBJECT_INHERIT | AclEntry.CONTAINER_INHERIT) : 0;
        boolean effective = directory ? toFolders : toObjects;
        if (!effective) {
            // A folder passes on what concerns only objects, without being touched by it.
            return toObjects && on
                    ? List.of(entry.withFlags(further | AclEntry.INHERIT_ONLY | AclEntry.INHERITED))
                    : List.of();
        }
        if (!(entry instanceof Ace ace) || !depends(ace)) {
            return List.of(entry.withFlags(further | AclEntry.INHERITED));
        }
        List<AclEntry> both = new ArrayList<>();
        Sid sid = ace.sid().equals(Sid.CREATOR_OWNER) ? owner : ace.sid();
        both.add(new Ace(ace.allow(), AclEntry.INHERITED, AccessMask.mapped(ace.mask()), sid));
        if (further != 0) {
            both.add(ace.withFlags(further | AclEntry.INHERIT_ONLY | AclEntry.INHERITED));
        }
        return both;
    }

    /** Whether what takes effect differs from what is passed on. */
    private static boolean depends(Ace ace) {
        return ace.sid().equals(Sid.CREATOR_OWNER) || (ace.mask() & GENERIC) != 0;
    }
}
