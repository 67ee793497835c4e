package io.cordon.agent.os.windows.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.MemoryRegistry;
import io.cordon.agent.os.windows.RegistryValue;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxProvisionerTest {
    private static final String NOTHING = new MemoryAccounts().dump();

    @TempDir
    Path dir;

    private final SecureRandom random = new SecureRandom();
    private MemoryAccounts accounts = new MemoryAccounts();
    private MemoryRegistry registry = new MemoryRegistry();
    private Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(Files.createTempDirectory(dir, "ledger"));
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
    }

    private SandboxProvisioner provisioner() {
        return new SandboxProvisioner(accounts, registry, ledger, random);
    }

    private SandboxProvisioner.Result.Ready ready() throws IOException {
        return assertInstanceOf(
                SandboxProvisioner.Result.Ready.class, provisioner().provision());
    }

    private String refused() throws IOException {
        return assertInstanceOf(
                        SandboxProvisioner.Result.Refused.class, provisioner().provision())
                .message();
    }

    private AccountDatabase.LocalUser user(SandboxAccount account) {
        return accounts.user(account.accountName()).orElseThrow();
    }

    private void assertAsWanted(SandboxSids sids) {
        for (SandboxAccount each : SandboxAccount.values()) {
            AccountDatabase.LocalUser user = user(each);
            assertEquals(sids.of(each), user.sid());
            assertEquals(Set.of(sids.group(), Sid.USERS), user.groups());
            assertEquals(WantedAccounts.RIGHTS, accounts.rights(user.sid()));
            assertEquals(
                    Optional.of(new RegistryValue.Number(0)),
                    registry.read(WantedAccounts.HIDDEN_KEY, each.accountName()));
        }
    }

    @Test
    void newAccountsAreDisabledHiddenAndHoldOneWayIn() throws IOException {
        SandboxSids sids = ready().sids();
        assertAsWanted(sids);
        for (SandboxAccount each : SandboxAccount.values()) {
            assertNotEquals(0, user(each).flags() & AccountDatabase.UF_ACCOUNTDISABLE);
            assertTrue(Passwords.complex(accounts.password(each.accountName()).toCharArray()));
        }
        assertTrue(WantedAccounts.RIGHTS.containsAll(
                Set.of("SeDenyInteractiveLogonRight", "SeDenyRemoteInteractiveLogonRight", "SeDenyNetworkLogonRight")));
    }

    @Test
    void aSecondRunWritesNothing() throws IOException {
        ready();
        int changes = accounts.changes();
        int writes = registry.writes();
        int entries = ledger.open().size();
        assertEquals(List.of(), ready().changed());
        assertEquals(changes, accounts.changes());
        assertEquals(writes, registry.writes());
        assertEquals(entries, ledger.open().size());
    }

    @Test
    void driftIsRepairedAndNamed() throws IOException {
        SandboxSids sids = ready().sids();
        Sid offline = sids.of(SandboxAccount.OFFLINE);
        accounts.addMember(Sid.ADMINISTRATORS, offline);
        accounts.removeMember(sids.group(), offline);
        accounts.grant(offline, "SeDebugPrivilege");
        accounts.revoke(offline, "SeDenyNetworkLogonRight");
        registry.deleteValue(WantedAccounts.HIDDEN_KEY, SandboxAccount.OFFLINE.accountName());
        accounts.setFlags(SandboxAccount.OFFLINE.accountName(), AccountDatabase.UF_NORMAL_ACCOUNT);
        List<String> changed = ready().changed();
        assertEquals(6, changed.size(), changed.toString());
        assertAsWanted(sids);
    }

    @Test
    void enabledAccountsStayEnabled() throws IOException {
        ready();
        accounts.setFlags(SandboxAccount.ONLINE.accountName(), WantedAccounts.flags(true));
        assertEquals(List.of(), ready().changed());
    }

    @Test
    void aCrashAtAnyStepIsFinishedByTheNextRunAndUndoneWithoutARest() throws IOException {
        AtomicInteger steps = new AtomicInteger();
        accounts.fault = change -> steps.incrementAndGet();
        ready();
        int all = steps.get();
        assertTrue(all >= 25, "steps: " + all);
        for (int crash = 1; crash <= all; crash++) {
            for (boolean goesOn : new boolean[] {true, false}) {
                crashAt(crash, goesOn);
            }
        }
    }

    private void crashAt(int crash, boolean goesOn) throws IOException {
        accounts = new MemoryAccounts();
        registry = new MemoryRegistry();
        ledger.close();
        open();
        AtomicInteger steps = new AtomicInteger();
        accounts.fault = change -> {
            if (steps.incrementAndGet() == crash) {
                throw new IOException("power lost before: " + change);
            }
        };
        assertThrows(IOException.class, () -> provisioner().provision());
        accounts.fault = change -> {};
        if (goesOn) {
            assertAsWanted(ready().sids());
        }
        provisioner().undo();
        assertEquals(NOTHING, accounts.dump(), "crash at " + crash);
        assertEquals(new MemoryRegistry().dump(), registry.dump(), "crash at " + crash);
        assertEquals(List.of(), ledger.open());
    }

    @Test
    void aCrashAtAnyStepOfTheUndoingIsFinishedByTheNext() throws IOException {
        int crash = 0;
        boolean crashed = true;
        while (crashed) {
            crash++;
            accounts = new MemoryAccounts();
            registry = new MemoryRegistry();
            ledger.close();
            open();
            accounts.loadProfile(ready().sids().of(SandboxAccount.PROXY));
            AtomicInteger steps = new AtomicInteger();
            int at = crash;
            accounts.fault = change -> {
                if (steps.incrementAndGet() == at) {
                    throw new IOException("power lost before: " + change);
                }
            };
            try {
                provisioner().undo();
                crashed = false;
            } catch (IOException e) {
                accounts.fault = change -> {};
                provisioner().undo();
            }
            assertEquals(NOTHING, accounts.dump(), "crash at " + crash);
            assertEquals(List.of(), ledger.open());
        }
        assertTrue(crash > 20, "steps: " + crash);
    }

    @Test
    void undoGivesBackWhatShowedOnTheLogonScreenBefore() throws IOException {
        registry.write(WantedAccounts.HIDDEN_KEY, "CordonOffline", new RegistryValue.Number(1));
        registry.write(WantedAccounts.HIDDEN_KEY, "Kiosk", new RegistryValue.Number(0));
        String before = registry.dump();
        ready();
        provisioner().undo();
        assertEquals(before, registry.dump());
    }

    @Test
    void anAccountOfTheSameNameThatSomebodyElseMadeIsRefusedAndNeverTouched() throws IOException {
        accounts.createUser("CordonProxy", "the proxy's operator", new char[] {'x'}, 0x200);
        int changes = accounts.changes();
        String message = refused();
        assertTrue(message.contains("local user CordonProxy exists"), message);
        assertTrue(message.contains("the proxy's operator"), message);
        assertTrue(message.contains("rename or delete it"), message);
        assertEquals(changes, accounts.changes());
        provisioner().undo();
        assertEquals("x", accounts.password("CordonProxy"));
    }

    @Test
    void aGroupOfTheSameNameIsRefused() throws IOException {
        accounts.createGroup(SandboxAccount.GROUP, "ours");
        assertTrue(refused().contains("local group CordonSandboxUsers exists"));
    }

    @Test
    void aSecondInstallationDoesNotTakeTheFirstOnesAccounts() throws IOException {
        ready();
        int changes = accounts.changes();
        ledger.close();
        open();
        assertTrue(refused().contains("another installation of Cordon"));
        provisioner().undo();
        assertEquals(changes, accounts.changes());
    }

    @Test
    void anAccountMadeAnewUnderTheMarkOfTheOldOneIsForeign() throws IOException {
        ready();
        String comment = user(SandboxAccount.ONLINE).comment();
        accounts.deleteUser("CordonOnline");
        accounts.createUser("CordonOnline", comment, new char[] {'x'}, 0x200);
        assertTrue(refused().contains("local user CordonOnline exists"));
    }

    @Test
    void anAccountThatSomebodyDeletedIsMadeAnewAndTheOldOnesRightsGo() throws IOException {
        Sid old = ready().sids().of(SandboxAccount.ONLINE);
        accounts.deleteUser("CordonOnline");
        SandboxSids sids = ready().sids();
        assertNotEquals(old, sids.of(SandboxAccount.ONLINE));
        assertEquals(Set.of(), accounts.rights(old));
        assertAsWanted(sids);
    }

    @Test
    void somethingThatUndoesOurChangesIsSaidInsteadOfFoughtForEver() throws IOException {
        SandboxProvisioner provisioner = new SandboxProvisioner(new WithoutBatch(accounts), registry, ledger, random);
        String message = assertInstanceOf(SandboxProvisioner.Result.Refused.class, provisioner.provision())
                .message();
        assertTrue(message.contains("group policy"), message);
        assertFalse(message.contains("\n"));
    }
}
