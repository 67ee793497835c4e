package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Comparing and changing the entries that are set on an object itself; inherited ones are the parent's affair. */
final class ExplicitEntries {
    private ExplicitEntries() {}

    static Set<AclEntry> of(SecurityDescriptor descriptor) {
        Set<AclEntry> entries = new HashSet<>();
        descriptor.entries().stream().filter(entry -> !entry.inherited()).forEach(entries::add);
        return entries;
    }

    /** The list without some entries and with others, in canonical order: denying, allowing, inherited. Others keep their order. */
    static Acl edited(SecurityDescriptor descriptor, Collection<Ace> remove, Collection<Ace> add) {
        Set<AclEntry> gone = new HashSet<>(remove);
        Set<AclEntry> present = of(descriptor);
        List<AclEntry> kept = descriptor.entries().stream()
                .filter(entry -> entry.inherited() || !gone.contains(entry))
                .toList();
        List<AclEntry> all = new ArrayList<>();
        // First of all: a foreign list need not be in order, and an entry that allows must not come before ours that
        // denies.
        add.stream()
                .filter(ace -> !ace.allow() && (!present.contains(ace) || gone.contains(ace)))
                .forEach(all::add);
        kept.stream().filter(entry -> !entry.inherited()).forEach(all::add);
        add.stream()
                .filter(ace -> ace.allow() && (!present.contains(ace) || gone.contains(ace)))
                .forEach(all::add);
        kept.stream().filter(AclEntry::inherited).forEach(all::add);
        int revision = descriptor.dacl() == null ? 2 : descriptor.dacl().revision();
        return new Acl(revision, all);
    }

    /** Whether a change of these entries concerns what is below. */
    static boolean reachesBelow(Collection<Ace> aces) {
        return aces.stream()
                .anyMatch(ace -> (ace.flags() & (AclEntry.OBJECT_INHERIT | AclEntry.CONTAINER_INHERIT)) != 0);
    }

    /** Whether every account may pass the folder, so that the sandbox accounts need no entry of their own. */
    static boolean canBePassed(SecurityDescriptor descriptor) {
        Set<Sid> sids = Set.of(Sid.EVERYONE, Sid.USERS, Sid.AUTHENTICATED_USERS);
        int needed = AccessMask.FILE_EXECUTE | AccessMask.FILE_READ_ATTRIBUTES;
        return (rights(descriptor, sids) & needed) == needed;
    }

    /** Rights a token with these SIDs has by the list alone: each bit goes to the first entry that speaks of it. */
    static int rights(SecurityDescriptor descriptor, Set<Sid> sids) {
        if (descriptor.isOpen()) {
            return AccessMask.FILE_ALL_ACCESS;
        }
        int allowed = 0;
        int denied = 0;
        for (AclEntry entry : descriptor.entries()) {
            boolean applies = (entry.flags() & AclEntry.INHERIT_ONLY) == 0;
            if (applies && entry instanceof Ace ace && sids.contains(ace.sid())) {
                int mask = AccessMask.mapped(ace.mask());
                allowed |= ace.allow() ? mask & ~denied : 0;
                denied |= ace.allow() ? 0 : mask & ~allowed;
            }
        }
        return allowed;
    }
}
