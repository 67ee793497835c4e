package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.List;

/**
 * Descriptors that select the user of a socket. Windows does an access check with the socket's token against the descriptor; the
 * filter matches when {@link Descriptor#MATCH} is granted. So a restricted token must be granted in both of its passes, and one
 * in an app container also as a package.
 */
final class UserMatch {
    private static final Sid ANONYMOUS = Sid.parse("S-1-5-7");
    private static final Sid ALL_PACKAGES = Sid.parse("S-1-15-2-1");
    private static final Sid ALL_RESTRICTED_PACKAGES = Sid.parse("S-1-15-2-2");
    private static final Sid RESTRICTED_CODE = Sid.parse("S-1-5-12");
    private static final Sid WRITE_RESTRICTED_CODE = Sid.parse("S-1-5-33");

    private UserMatch() {}

    /**
     * Processes of the account, also those it starts in an app container: its packages are granted, which selects nobody who is
     * not the account as well.
     */
    static Descriptor account(Sid account) {
        return new Descriptor(List.of(allow(account), allow(ALL_PACKAGES), allow(ALL_RESTRICTED_PACKAGES)));
    }

    /**
     * Everybody who has nothing of these accounts. A process can strip its own token until nothing grants it anything, and no
     * longer be selected by {@link #account}; but a SID that only serves to deny still denies, so it is not selected here either.
     */
    static Descriptor anyoneBut(List<Sid> accounts) {
        List<Descriptor.Entry> entries = new ArrayList<>();
        accounts.forEach(account -> entries.add(new Descriptor.Entry(false, Descriptor.MATCH, account)));
        for (Sid sid : List.of(
                Sid.EVERYONE,
                ANONYMOUS,
                ALL_PACKAGES,
                ALL_RESTRICTED_PACKAGES,
                RESTRICTED_CODE,
                WRITE_RESTRICTED_CODE)) {
            entries.add(allow(sid));
        }
        return new Descriptor(entries);
    }

    /** Whatever has a token. */
    static Descriptor anybody() {
        return new Descriptor(null);
    }

    private static Descriptor.Entry allow(Sid sid) {
        return new Descriptor.Entry(true, Descriptor.MATCH, sid);
    }
}
