package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.AccountDatabase;
import io.cordon.agent.os.windows.accounts.SandboxProvisioner;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and rights, as the local account database has them. */
@Tag("wine")
class AccountsOnWindowsTest {
    private static final Sid NOBODY = Sid.parse("S-1-5-21-11-12-13-4711");

    @TempDir
    Path dir;

    private final NativeAccounts accounts = new NativeAccounts();

    @Test
    void wellKnownGroupsHaveANameAndItsSid() throws IOException {
        String users = AccountNames.of(Sid.USERS).orElseThrow().name();
        assertEquals(Optional.of(Sid.USERS), AccountNames.sid(users));
        assertEquals(Optional.empty(), AccountNames.of(NOBODY));
        assertEquals(Optional.empty(), AccountNames.sid("CordonNobody"));
    }

    @Test
    void thisUserHasAProfile() throws IOException {
        NativeDeveloperAccounts developers = new NativeDeveloperAccounts(new NativeRegistry());
        Sid self = new NativeSystem().user();
        assertFalse(developers.lookup(self).orElseThrow().name().isBlank());
        assertFalse(developers.computer().isBlank());
    }

    @Test
    void whoIsNotThereIsNoError() throws IOException {
        assertEquals(Optional.empty(), accounts.user("CordonNobody"));
        accounts.deleteUser("CordonNobody");
        assertEquals(Set.of(), accounts.rights(NOBODY));
    }

    @NotShownUnderWine("Wine keeps users only in the process and gives them no SID; it keeps no groups and no rights")
    void accountsAreProvisionedAndUndone() throws IOException {
        try (Ledger ledger = Ledger.open(dir)) {
            SandboxProvisioner provisioner =
                    new SandboxProvisioner(accounts, new NativeRegistry(), ledger, new SecureRandom());
            assertInstanceOf(SandboxProvisioner.Result.Ready.class, provisioner.provision());
            provisioner.undo();
            assertEquals(List.of(), ledger.open());
        }
    }

    @NotShownUnderWine("Wine's local security authority keeps no rights")
    void rightsAreGrantedAndRevoked() throws IOException {
        accounts.grant(NOBODY, "SeBatchLogonRight");
        assertEquals(Set.of("SeBatchLogonRight"), accounts.rights(NOBODY));
        assertTrue(accounts.holders("SeBatchLogonRight").contains(NOBODY));
        accounts.revoke(NOBODY, "SeBatchLogonRight");
        assertEquals(Set.of(), accounts.rights(NOBODY));
    }

    @NotShownUnderWine("Wine has no lockout policy")
    void theLockoutPolicyIsRead() throws IOException {
        assertTrue(accounts.lockout().threshold() >= 0);
    }

    @Test
    void userInformationIsWrittenIntoWinesOwnMemory() throws IOException {
        accounts.createUser("CordonT", "x", "Passw0rd!Passw0rd".toCharArray(), AccountDatabase.UF_NORMAL_ACCOUNT);
        accounts.deleteUser("CordonT");
        assertEquals(Optional.empty(), accounts.user("CordonT"));
    }
}
