package io.cordon.agent.os.windows.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.SandboxUsers;
import io.cordon.agent.os.SandboxUsersContract;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.testing.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsUsersTest extends SandboxUsersContract {
    private static final String LOCAL = "S-1-5-21-7-8-9-";
    private static final String ADAS = LOCAL + "1001";
    private static final String BOBS = "S-1-5-21-70-80-90-1105";
    private static final Sid GROUP = Sid.parse(LOCAL + "2000");
    private static final SandboxSids SANDBOX = new SandboxSids(
            GROUP,
            Map.of(
                    SandboxAccount.OFFLINE, Sid.parse(LOCAL + "2001"),
                    SandboxAccount.PROXY, Sid.parse(LOCAL + "2002"),
                    SandboxAccount.ONLINE, Sid.parse(LOCAL + "2003")));

    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private final Directory directory = new Directory();
    private final WindowsUsers users = new WindowsUsers(directory, () -> SANDBOX, clock);

    private static final class Directory implements DeveloperAccounts {
        final Map<String, Named> names = new HashMap<>(Map.of(
                ADAS,
                new Named("DESK-1", "ada"),
                BOBS,
                new Named("CORP", "bob"),
                LOCAL + "2001",
                new Named("DESK-1", "CordonOffline"),
                "S-1-5-18",
                new Named("NT AUTHORITY", "SYSTEM")));
        final Map<String, String> profiles = new HashMap<>(Map.of(
                ADAS, "C:\\Users\\ada", BOBS, "C:\\Users\\bob.CORP", "S-1-5-18", "C:\\Windows\\system32\\config"));
        boolean unreachable;

        @Override
        public Optional<Named> lookup(Sid sid) throws IOException {
            if (unreachable) {
                throw new IOException("LookupAccountSidW: error 1789");
            }
            return Optional.ofNullable(names.get(sid.toString()));
        }

        @Override
        public Optional<String> profile(Sid sid) {
            return Optional.ofNullable(profiles.get(sid.toString()));
        }

        @Override
        public String computer() {
            return "desk-1";
        }
    }

    @Override
    protected SandboxUsers users() {
        return users;
    }

    @Override
    protected Account ada() {
        return new Account.Windows(ADAS, List.of("S-1-5-32-545", "S-1-1-0"));
    }

    @Override
    protected String adasHome() {
        return "C:\\Users\\ada";
    }

    @Override
    protected Account stranger() {
        return new Account.Windows(LOCAL + "4711", List.of());
    }

    private SandboxUsers.Lookup of(String sid, String... groups) {
        return users.principalFor(caller(new Account.Windows(sid, List.of(groups))));
    }

    private String refused(String sid, String... groups) {
        return assertInstanceOf(SandboxUsers.Lookup.Unknown.class, of(sid, groups))
                .reason();
    }

    @Test
    void directoryUsersAreNamedWithTheirDomain() {
        SandboxUsers.Lookup.Known known = assertInstanceOf(SandboxUsers.Lookup.Known.class, of(BOBS));
        assertEquals("CORP\\bob", known.principal().name());
        assertEquals("C:\\Users\\bob.CORP", known.principal().home());
    }

    @Test
    void confinedProcessesAreNoDevelopers() {
        assertTrue(refused(LOCAL + "2001").contains("sandbox account"));
        assertTrue(refused(ADAS, GROUP.toString()).contains("sandbox account"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"S-1-5-18", "S-1-5-19", "S-1-5-20"})
    void servicesAreNoDevelopers(String sid) {
        assertTrue(refused(sid).contains("account of services"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\\\server\\profiles\\ada", "C:", "C:\\", "Users\\ada", "%USERPROFILE%"})
    void aProfileThatIsNoFolderOnADriveIsRefused(String home) {
        directory.profiles.put(ADAS, home);
        assertTrue(refused(ADAS).contains("no profile folder"));
    }

    @Test
    void namesAreBelievedForAWhileAndAnUnreachableDirectoryRefusesOnlyTheUnknown() {
        of(ADAS);
        directory.unreachable = true;
        assertInstanceOf(SandboxUsers.Lookup.Known.class, of(ADAS));
        assertTrue(refused(BOBS).contains("error 1789"));
        clock.advance(Duration.ofMinutes(5));
        assertTrue(refused(ADAS).contains("error 1789"));
    }
}
