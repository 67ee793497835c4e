package io.cordon.agent.os.linux;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What a user can get to, by the permission bits of the directories on the way. Access control lists are not looked at: bits
 * that say no are taken for no, and both uses of that answer err on the narrow side (a root is left out, a mask is laid over
 * the closed directory as a whole).
 */
final class Reach {
    private Reach() {}

    /** The first directory above the canonical path that the principal may not pass; null when there is none. */
    static @Nullable String firstClosed(FileProbe probe, Principal principal, String canonical) {
        if (principal.account().posix().uid() == 0) {
            return null;
        }
        for (String directory : Paths.between("/", canonical)) {
            if (!passes(probe.stat(directory), principal.account().posix())) {
                return directory;
            }
        }
        return null;
    }

    private static boolean passes(FileProbe.Stat stat, Account.Posix account) {
        int shift = 0;
        if (stat.uid() == account.uid()) {
            shift = 6;
        } else if (stat.gid() == account.gid() || account.groups().contains(stat.gid())) {
            shift = 3;
        }
        return (stat.mode() >> shift & 1) != 0;
    }
}
