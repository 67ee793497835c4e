package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.HashSet;
import java.util.Set;

/**
 * Windows' access check for files: MS-DTYP 2.5.3.2 with OWNER RIGHTS, and the second pass of restricted tokens, in which the
 * owner too is looked for among the restricting SIDs. Bit by bit: a right is granted if it is granted when asked for alone.
 */
final class AccessCheck {
    private static final int GENERIC_READ = 0x120089;
    private static final int GENERIC_WRITE = 0x120116;
    private static final int GENERIC_EXECUTE = 0x1200A0;
    private static final int GENERIC_ALL = 0x1F01FF;
    /** FILE_GENERIC_WRITE without READ_CONTROL and SYNCHRONIZE. */
    private static final int WRITES = 0x116;
    /** DELETE, FILE_DELETE_CHILD, WRITE_DAC, WRITE_OWNER. */
    private static final int REMOVES = 0x10000 | 0x40 | 0x40000 | 0x80000;

    private AccessCheck() {}

    /** Every right the token has to the object. */
    static int granted(SecurityDescriptor object, Token token) {
        Set<Sid> normal = new HashSet<>(token.groups());
        normal.add(token.user());
        Set<Sid> denying = new HashSet<>(normal);
        denying.addAll(token.denyOnly());
        int first = pass(object, normal, denying);
        int covered =
                switch (token.restriction()) {
                    case NONE -> 0;
                    case ALL -> -1;
                    case ANY_WRITE -> WRITES | REMOVES;
                    case GENERIC_WRITE -> WRITES;
                };
        if (covered == 0) {
            return first;
        }
        int second = pass(object, token.restricting(), token.restricting());
        return first & (second | ~covered);
    }

    /** Whether all these rights are granted in one request, in which the second pass looks at the whole request. */
    static boolean permits(SecurityDescriptor object, Token token, int desired) {
        int wanted = mapped(desired);
        boolean covered =
                switch (token.restriction()) {
                    case NONE -> false;
                    case ALL -> true;
                    case ANY_WRITE -> (wanted & (WRITES | REMOVES)) != 0;
                    case GENERIC_WRITE -> (wanted & WRITES) != 0;
                };
        boolean second = !covered || (pass(object, token.restricting(), token.restricting()) & wanted) == wanted;
        return second && (granted(object, token) & wanted) == wanted;
    }

    private static int pass(SecurityDescriptor object, Set<Sid> allowing, Set<Sid> denying) {
        Acl list = object.dacl();
        if (list == null) {
            return GENERIC_ALL;
        }
        Sid owner = object.owner();
        boolean owns = owner != null && allowing.contains(owner);
        int granted = owns && !speaksOfOwner(list) ? 0x20000 | 0x40000 : 0;
        int decided = granted;
        for (AclEntry entry : list.entries()) {
            if ((entry.flags() & 0x8) != 0 || !(entry instanceof Ace ace)) {
                continue;
            }
            boolean owners = owns && ace.sid().toString().equals("S-1-3-4");
            int undecided = mapped(ace.mask()) & ~decided;
            if (ace.allow() && (owners || allowing.contains(ace.sid()))) {
                granted |= undecided;
                decided |= undecided;
            } else if (!ace.allow() && (owners || denying.contains(ace.sid()))) {
                decided |= undecided;
            }
        }
        return granted;
    }

    private static boolean speaksOfOwner(Acl list) {
        return list.entries().stream()
                .anyMatch(entry -> entry instanceof Ace ace
                        && (ace.flags() & 0x8) == 0
                        && ace.sid().toString().equals("S-1-3-4"));
    }

    private static int mapped(int mask) {
        int all = mask & 0x1FFFFF;
        all |= mask < 0 ? GENERIC_READ : 0;
        all |= (mask & 0x40000000) != 0 ? GENERIC_WRITE : 0;
        all |= (mask & 0x20000000) != 0 ? GENERIC_EXECUTE : 0;
        all |= (mask & 0x10000000) != 0 ? GENERIC_ALL : 0;
        return all;
    }
}
