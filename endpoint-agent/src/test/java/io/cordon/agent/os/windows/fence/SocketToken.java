package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.Sid;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The token of a socket, and the access check that Windows does with it (MS-DTYP 2.5.3.2 as far as plain entries go).
 *
 * @param enabled user and groups that grant
 * @param denyOnly user and groups that only deny
 * @param restricting the second list; empty when the token is not restricted
 * @param packages the third list; empty when the process is in no app container
 */
record SocketToken(Set<Sid> enabled, Set<Sid> denyOnly, Set<Sid> restricting, Set<Sid> packages) {
    static final Sid AUTHENTICATED = Sid.AUTHENTICATED_USERS;

    static SocketToken of(Sid user) {
        return new SocketToken(Set.of(user, Sid.EVERYONE, Sid.USERS, AUTHENTICATED), Set.of(), Set.of(), Set.of());
    }

    SocketToken restrictedTo(Set<Sid> sids) {
        return new SocketToken(enabled, denyOnly, sids, packages);
    }

    SocketToken inAppContainer(Set<Sid> sids) {
        return new SocketToken(enabled, denyOnly, restricting, sids);
    }

    /** What any process can make of its own token. */
    SocketToken stripped(Set<Sid> sids) {
        Set<Sid> rest = enabled.stream()
                .filter(sid -> !sids.contains(sid))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
        Set<Sid> deny = new java.util.HashSet<>(denyOnly);
        sids.stream().filter(enabled::contains).forEach(deny::add);
        return new SocketToken(rest, Set.copyOf(deny), restricting, packages);
    }

    /** Whether {@link Descriptor#MATCH} is granted. */
    boolean matches(Descriptor descriptor) {
        if (descriptor.entries() == null) {
            return true;
        }
        return pass(descriptor, enabled::contains, sid -> enabled.contains(sid) || denyOnly.contains(sid))
                && (restricting.isEmpty() || pass(descriptor, restricting::contains, restricting::contains))
                && (packages.isEmpty() || pass(descriptor, packages::contains, packages::contains));
    }

    private static boolean pass(Descriptor descriptor, Predicate<Sid> grants, Predicate<Sid> denies) {
        for (Descriptor.Entry entry : descriptor.entries()) {
            if ((entry.mask() & Descriptor.MATCH) == 0) {
                continue;
            }
            if (entry.allow() && grants.test(entry.trustee())) {
                return true;
            }
            if (!entry.allow() && denies.test(entry.trustee())) {
                return false;
            }
        }
        return false;
    }
}
