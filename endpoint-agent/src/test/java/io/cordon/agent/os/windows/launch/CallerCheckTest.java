package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.windows.Sid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerCheckTest {
    private static final Sid EVE = Sid.parse("S-1-5-21-1-2-3-1002");
    private static final CallerProcess PROCESS = new CallerProcess() {
        @Override
        public long pid() {
            return 12;
        }

        @Override
        public long handle() {
            return 4;
        }

        @Override
        public void close() {}
    };

    private final CallerCheck check = new CallerCheck(Windows.SANDBOX);

    private CallerCheck.Result check(
            Attestation.Token client, Attestation.Token process, Attestation.Level level, @Nullable String cwd) {
        return check.check(new Attestation(PROCESS, client, process, level, 99, "C:\\cordon.exe", cwd));
    }

    private CallerCheck.Result check(Attestation.Token client, Attestation.Token process) {
        return check(client, process, Attestation.Level.IMPERSONATION, "\\\\?\\C:\\work");
    }

    private static void assertRefused(String part, CallerCheck.Result result) {
        String reason =
                assertInstanceOf(CallerCheck.Result.Refused.class, result).reason();
        assertTrue(reason.contains(part), reason);
    }

    @Test
    void admitsAUserUnderItsSid() {
        Attestation.Token ada = FakePipe.token(FakePipe.ADA);
        var admitted = assertInstanceOf(CallerCheck.Result.Admitted.class, check(ada, ada));
        assertEquals("C:\\work", admitted.cwd());
        assertEquals(
                new Account.Windows(FakePipe.ADA.toString(), List.of("S-1-1-0", "S-1-5-32-545")),
                admitted.caller().account());
        assertEquals(12, admitted.caller().pid());
        assertEquals(99, admitted.caller().startTime());
        assertEquals(1, admitted.caller().sessionId());
    }

    @Test
    void refusesConfinedProcessesHoweverTheyShow() {
        Attestation.Token ada = FakePipe.token(FakePipe.ADA);
        Attestation.Token account = FakePipe.token(FakeMachine.ACCOUNT);
        Attestation.Token member = new Attestation.Token(EVE, List.of(), 77, 0, true);
        Attestation.Token grouped = new Attestation.Token(EVE, List.of(Windows.GROUP), 77, 0, false);
        for (Attestation.Token sandboxed : List.of(account, member, grouped)) {
            assertRefused("confined", check(sandboxed, sandboxed));
            assertRefused("confined", check(ada, sandboxed));
            assertRefused("confined", check(sandboxed, ada));
        }
    }

    /** The pipe knows the process that opened it, whose id may be another's by now; or a client speaks in another's name. */
    @Test
    void refusesAProcessThatIsNotTheClients() {
        Attestation.Token ada = FakePipe.token(FakePipe.ADA);
        Attestation.Token elevated = new Attestation.Token(FakePipe.ADA, List.of(), 78, 1, false);
        assertRefused("does not run as", check(ada, FakePipe.token(EVE)));
        assertRefused("does not run as", check(ada, elevated));
    }

    @Test
    void refusesLevelsThatOpenNothing() {
        Attestation.Token ada = FakePipe.token(FakePipe.ADA);
        for (Attestation.Level level : List.of(Attestation.Level.ANONYMOUS, Attestation.Level.IDENTIFICATION)) {
            assertRefused("impersonation level", check(ada, ada, level, "\\\\?\\C:\\work"));
        }
    }

    /** Pitfall 17, for the working folder. */
    @Test
    void refusesFoldersThatTheSandboxAccountsCannotHave() {
        Attestation.Token ada = FakePipe.token(FakePipe.ADA);
        for (String cwd : List.of(
                "\\\\?\\UNC\\server\\share", "\\\\?\\Volume{1b3b1146-4076-11e1-84aa-806e6f6e6963}\\x", "\\\\s\\x")) {
            assertRefused("local drive", check(ada, ada, Attestation.Level.IMPERSONATION, cwd));
        }
        assertRefused("cannot be opened", check(ada, ada, Attestation.Level.IMPERSONATION, null));
    }

    @Test
    void thePipeIsOpenToUsersButNotForInstancesNorTheSandboxNorTheNetwork() {
        assertEquals(
                "O:SYG:SYD:P(D;;GA;;;S-1-5-21-1-2-3-2000)(D;;GA;;;NU)(D;;GA;;;AN)(A;;GA;;;SY)(A;;0x12008b;;;AU)",
                PipeAddress.of(PipeAddress.DEFAULT, Windows.GROUP).sddl());
        assertThrows(IllegalArgumentException.class, () -> PipeAddress.of("\\\\server\\pipe\\cordon", Windows.GROUP));
    }
}
