package io.cordon.agent.os;

import java.util.List;

/** A user account as the operating system numbers it. */
public sealed interface Account {
    /** What names it in records: the decimal user id, or the SID as text. */
    String id();

    /** @param groups supplementary group ids */
    record Posix(int uid, int gid, List<Integer> groups) implements Account {
        public Posix {
            groups = List.copyOf(groups);
        }

        @Override
        public String id() {
            return Integer.toString(uid);
        }
    }

    /**
     * @param sid the account, as text ({@code S-1-5-21-…})
     * @param groups SIDs of the enabled groups in its token, as text
     */
    record Windows(String sid, List<String> groups) implements Account {
        public Windows {
            groups = List.copyOf(groups);
        }

        @Override
        public String id() {
            return sid;
        }
    }

    /** This account where only a POSIX one can be; anything else is a defect of the wiring. */
    default Posix posix() {
        if (this instanceof Posix posix) {
            return posix;
        }
        throw new IllegalStateException("account " + id() + " (expected: a POSIX user id)");
    }

    /** This account where only a Windows one can be. */
    default Windows windows() {
        if (this instanceof Windows windows) {
            return windows;
        }
        throw new IllegalStateException("account " + id() + " (expected: a SID)");
    }
}
