package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link SandboxUsers} promises; the machine has {@code ada} (1000, home /home/ada) and no user 4711. */
public abstract class SandboxUsersContract {
    protected static final int ADA = 1000;
    private static final int NOBODY_KNOWS = 4711;

    protected abstract SandboxUsers users();

    protected static Caller caller(int uid, int gid, Integer... groups) {
        return new Caller(7, new Account.Posix(uid, gid, List.of(groups)), 1, "/bin/sh", -1, 7);
    }

    @Test
    void callerIsTheAccountWithTheIdsTheKernelAttests() {
        SandboxUsers.Lookup.Known known =
                assertInstanceOf(SandboxUsers.Lookup.Known.class, users().principalFor(caller(ADA, 50, 4, 27)));
        assertEquals(new Principal("ada", new Account.Posix(ADA, 50, List.of(4, 27)), "/home/ada"), known.principal());
    }

    @Test
    void whoHasNoAccountIsRefusedInOneLine() {
        SandboxUsers.Lookup.Unknown unknown = assertInstanceOf(
                SandboxUsers.Lookup.Unknown.class, users().principalFor(caller(NOBODY_KNOWS, NOBODY_KNOWS)));
        assertFalse(unknown.reason().contains("\n"));
        assertEquals(true, unknown.reason().contains("4711"), unknown.reason());
    }
}
