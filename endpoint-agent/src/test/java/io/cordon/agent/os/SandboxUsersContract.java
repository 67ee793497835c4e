package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link SandboxUsers} promises; the machine has {@code ada} and nobody of id 4711. */
public abstract class SandboxUsersContract {
    protected static final int ADA = 1000;
    private static final int NOBODY_KNOWS = 4711;

    protected abstract SandboxUsers users();

    /** Ada, in two groups of hers. */
    protected Account ada() {
        return new Account.Posix(ADA, 50, List.of(4, 27));
    }

    protected String adasHome() {
        return "/home/ada";
    }

    /** An account with 4711 in its id. */
    protected Account stranger() {
        return new Account.Posix(NOBODY_KNOWS, NOBODY_KNOWS, List.of());
    }

    protected static Caller caller(Account account) {
        return new Caller(7, account, 1, "/bin/sh", -1, 7);
    }

    protected static Caller caller(int uid, int gid, Integer... groups) {
        return caller(new Account.Posix(uid, gid, List.of(groups)));
    }

    @Test
    void callerIsTheAccountWithTheIdsTheKernelAttests() {
        SandboxUsers.Lookup.Known known =
                assertInstanceOf(SandboxUsers.Lookup.Known.class, users().principalFor(caller(ada())));
        assertEquals(new Principal("ada", ada(), adasHome()), known.principal());
    }

    @Test
    void whoHasNoAccountIsRefusedInOneLine() {
        SandboxUsers.Lookup.Unknown unknown =
                assertInstanceOf(SandboxUsers.Lookup.Unknown.class, users().principalFor(caller(stranger())));
        assertFalse(unknown.reason().contains("\n"));
        assertTrue(unknown.reason().contains("4711"), unknown.reason());
    }
}
