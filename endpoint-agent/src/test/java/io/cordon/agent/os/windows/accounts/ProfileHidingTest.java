package io.cordon.agent.os.windows.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.MemoryRegistry;
import io.cordon.agent.os.windows.SandboxAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileHidingTest {
    private static final String OWN = "C:\\Users\\CordonOffline";
    private static final int DIRECTORY = 0x10;
    private static final int NOT_INDEXED = 0x2000;

    @TempDir
    Path dir;

    private final MemoryAccounts accounts = new MemoryAccounts();
    private Ledger ledger;
    private ProfileHiding hiding;

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(dir);
        hiding = new ProfileHiding(accounts, ledger, "C:\\Users");
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
    }

    private void undo() throws IOException {
        new SandboxProvisioner(accounts, new MemoryRegistry(), ledger, new SecureRandom()).undo();
    }

    @Test
    void aProfileIsHiddenOnceAndShownAgainAtUninstall() throws IOException {
        accounts.folder(OWN, DIRECTORY);
        hiding.loaded(SandboxAccount.OFFLINE, OWN, false);
        assertEquals(Optional.of(DIRECTORY | 0x6), accounts.attributes(OWN));
        int changes = accounts.changes();
        hiding.loaded(SandboxAccount.OFFLINE, OWN, false);
        assertEquals(changes, accounts.changes());
        accounts.folder(OWN, DIRECTORY | 0x6 | NOT_INDEXED);
        undo();
        assertEquals(Optional.of(DIRECTORY | NOT_INDEXED), accounts.attributes(OWN));
        assertEquals(List.of(), ledger.open());
    }

    @Test
    @DisplayName("I-6: the ledger has it before the attributes change; a crash in between is undone")
    void theLedgerComesFirst() throws IOException {
        accounts.folder(OWN, DIRECTORY);
        accounts.fault = change -> {
            assertEquals("sandbox-profile", ledger.open().get(0).change().kind());
            throw new IOException("the machine stopped");
        };
        hiding.loaded(SandboxAccount.OFFLINE, OWN, false);
        assertEquals(Optional.of(DIRECTORY), accounts.attributes(OWN));
        assertEquals(1, ledger.open().size());
        accounts.fault = change -> {};
        undo();
        assertEquals(Optional.of(DIRECTORY), accounts.attributes(OWN));
        assertEquals(List.of(), ledger.open());
    }

    @Test
    void whatSomebodyShowedAgainIsHiddenAgainWithoutForgettingHowItWas() throws IOException {
        accounts.folder(OWN, DIRECTORY | 0x2);
        hiding.loaded(SandboxAccount.OFFLINE, OWN, false);
        accounts.folder(OWN, DIRECTORY);
        hiding.loaded(SandboxAccount.OFFLINE, OWN, false);
        assertEquals(Optional.of(DIRECTORY | 0x6), accounts.attributes(OWN));
        assertEquals(1, ledger.open().size());
        undo();
        assertEquals(Optional.of(DIRECTORY | 0x2), accounts.attributes(OWN), "as it was before the first time");
    }

    /** Pitfall 23. */
    @Test
    void noOtherProfileIsEverHidden() throws IOException {
        for (String folder : List.of("C:\\Users\\Default", "C:\\Users\\TEMP", "C:\\Users\\ada", "D:\\CordonOffline")) {
            accounts.folder(folder, DIRECTORY);
            hiding.loaded(SandboxAccount.OFFLINE, folder, false);
            assertEquals(Optional.of(DIRECTORY), accounts.attributes(folder), folder);
        }
        accounts.folder(OWN, DIRECTORY);
        hiding.loaded(SandboxAccount.OFFLINE, OWN, true);
        assertEquals(Optional.of(DIRECTORY), accounts.attributes(OWN));
        assertEquals(List.of(), ledger.open());
    }

    @Test
    void aProfileThatIsGoneIsNoTrouble() throws IOException {
        accounts.folder(OWN, DIRECTORY);
        hiding.loaded(SandboxAccount.OFFLINE, OWN, false);
        MemoryAccounts without = new MemoryAccounts();
        new SandboxProvisioner(without, new MemoryRegistry(), ledger, new SecureRandom()).undo();
        assertEquals(List.of(), ledger.open());
        assertTrue(without.attributes(OWN).isEmpty());
    }
}
