package io.cordon.agent.os.windows.accounts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.testing.MutableClock;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxCredentialsTest {
    private static final SandboxAccount PROXY = SandboxAccount.PROXY;

    private final MemoryAccounts accounts = new MemoryAccounts();
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-25T00:00:00Z"));
    private SandboxCredentials credentials = credentials(0);

    private SandboxCredentials credentials(int threshold) {
        return new SandboxCredentials(
                accounts, new LockoutPolicy(threshold, Duration.ofMinutes(30)), new SecureRandom(), clock);
    }

    @BeforeEach
    void makeUsers() throws IOException {
        for (SandboxAccount each : SandboxAccount.values()) {
            accounts.createUser(each.accountName(), "", new char[] {'o', 'l', 'd'}, WantedAccounts.flags(false));
        }
    }

    /** Logs on when the password is the account's. */
    private SandboxLogons.Outcome<String> logon() {
        return credentials.logon(
                PROXY,
                (name, password) -> accounts.password(name).equals(new String(password))
                        ? new SandboxLogons.Attempt.Succeeded<>("token of " + name)
                        : new SandboxLogons.Attempt.Failed<>(1326));
    }

    private SandboxLogons.Outcome.LoggedOn<String> loggedOn() {
        SandboxLogons.Outcome<String> outcome = logon();
        assertTrue(outcome instanceof SandboxLogons.Outcome.LoggedOn<String>, outcome.toString());
        return (SandboxLogons.Outcome.LoggedOn<String>) outcome;
    }

    private static String reason(SandboxLogons.Outcome<String> outcome) {
        return assertInstanceOf(SandboxLogons.Outcome.Refused.class, outcome).reason();
    }

    private int flags() {
        return accounts.user(PROXY.accountName()).orElseThrow().flags();
    }

    @Test
    void nobodyLogsOnBeforeTheFenceIsInPlace() throws IOException {
        assertTrue(reason(logon()).contains("network fence"));
        credentials.renewAll();
        assertTrue(reason(logon()).contains("network fence"));
        assertNotEquals(0, flags() & AccountDatabase.UF_ACCOUNTDISABLE);
        credentials.enable();
        assertEquals("token of CordonProxy", loggedOn().token());
        assertEquals(0, flags() & AccountDatabase.UF_ACCOUNTDISABLE);
    }

    @Test
    void aFenceUnderRepairDisablesTheAccountsAgain() throws IOException {
        credentials.renewAll();
        credentials.enable();
        credentials.disable("the network fence is being repaired");
        assertEquals("the network fence is being repaired", reason(logon()));
        assertNotEquals(0, flags() & AccountDatabase.UF_ACCOUNTDISABLE);
    }

    @Test
    void anAccountThatCannotBeDisabledKeepsNoOtherEnabled() throws IOException {
        credentials.renewAll();
        credentials.enable();
        accounts.fault = change -> {
            if (change.startsWith("flags " + SandboxAccount.values()[0].accountName())) {
                throw new IOException("busy");
            }
        };
        assertThrows(IOException.class, () -> credentials.disable("repair"));
        assertEquals("repair", reason(logon()));
        assertNotEquals(0, flags() & AccountDatabase.UF_ACCOUNTDISABLE);
    }

    @Test
    void everyStartMakesNewPasswords() throws IOException {
        credentials.renewAll();
        List<String> first = passwords();
        credentials.renewAll();
        List<String> second = passwords();
        assertEquals(
                SandboxAccount.values().length * 2,
                java.util.stream.Stream.concat(first.stream(), second.stream())
                        .distinct()
                        .count());
    }

    private List<String> passwords() {
        List<String> all = new ArrayList<>();
        for (SandboxAccount each : SandboxAccount.values()) {
            all.add(accounts.password(each.accountName()));
        }
        return all;
    }

    @Test
    void aLentPasswordIsWipedWhenTheCallReturns() throws IOException {
        credentials.renewAll();
        credentials.enable();
        List<char[]> lent = new ArrayList<>();
        credentials.logon(PROXY, (name, password) -> {
            lent.add(password);
            return new SandboxLogons.Attempt.Succeeded<>("t");
        });
        assertArrayEquals(new char[Passwords.LENGTH], lent.get(0));
        credentials.close();
        assertEquals("the service is stopping", reason(logon()));
    }

    @Test
    void aPasswordIsNeverChangedWhileACommandRuns() throws IOException {
        credentials.renewAll();
        credentials.enable();
        SandboxLogons.Session session = loggedOn().session();
        assertThrows(IllegalStateException.class, credentials::renewAll);
        credentials.enable();
        accounts.setPassword(PROXY.accountName(), "theirs".toCharArray());
        assertTrue(reason(logon()).contains("set anew once its 1 running commands ended"));
        assertEquals("theirs", accounts.password(PROXY.accountName()));
        session.close();
        session.close();
        assertTrue(reason(logon()).contains("run the command again"));
        loggedOn().session().close();
    }

    @Test
    void itStopsTryingAtHalfOfWhatLocksTheAccountOut() throws IOException {
        credentials = credentials(6);
        credentials.renewAll();
        credentials.enable();
        AtomicInteger tries = new AtomicInteger();
        SandboxLogons.Call<String> locked = (name, password) -> {
            tries.incrementAndGet();
            return new SandboxLogons.Attempt.Failed<>(1909);
        };
        for (int i = 0; i < 10; i++) {
            credentials.logon(PROXY, locked);
        }
        assertEquals(3, tries.get());
        assertTrue(reason(credentials.logon(PROXY, locked)).contains("the next is tried after 2026-11-25T00:30:00Z"));
        clock.advance(Duration.ofMinutes(30));
        credentials.logon(PROXY, locked);
        assertEquals(4, tries.get());
        assertEquals("token of CordonProxy", loggedOn().token());
    }

    @Test
    void aLogonRightThatAPolicyTookAwayIsExplained() throws IOException {
        credentials.renewAll();
        credentials.enable();
        String reason = reason(credentials.logon(PROXY, (name, password) -> new SandboxLogons.Attempt.Failed<>(1385)));
        assertTrue(reason.contains("add CordonSandboxUsers to the first"), reason);
    }

    @Test
    void aFailureToSetThePasswordLeavesNone() throws IOException {
        credentials.renewAll();
        accounts.fault = change -> {
            if (change.startsWith("password")) {
                throw new IOException("access denied");
            }
        };
        assertThrows(IOException.class, credentials::renewAll);
        accounts.fault = change -> {};
        credentials.enable();
        assertTrue(reason(credentials.logon(SandboxAccount.OFFLINE, (name, password) -> {
                    assertEquals(0, password.length);
                    return new SandboxLogons.Attempt.Failed<>(1326);
                }))
                .contains("run the command again"));
    }
}
