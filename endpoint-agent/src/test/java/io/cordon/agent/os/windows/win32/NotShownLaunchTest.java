package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Memory;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Netapi32;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.CapabilitySids;
import io.cordon.agent.os.windows.accounts.SandboxLogons;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.util.List;

/** What only a real Windows shows of a launch: a logon as somebody else, and the profile that comes with it. */
class NotShownLaunchTest {
    private static final String ACCOUNT = "CordonLaunchTest";
    private static final String PASSWORD = "Xy7$kkPq02-Lmn!99aZ";

    private interface Use {
        void with(Handles.Owned token) throws Exception;
    }

    /** Makes a local user for the time of the test. */
    private static void loggedOn(AddedGroups groups, Use use) throws Exception {
        com.sun.jna.platform.win32.LMAccess.USER_INFO_1 user = new com.sun.jna.platform.win32.LMAccess.USER_INFO_1();
        user.usri1_name = ACCOUNT;
        user.usri1_password = PASSWORD;
        user.usri1_priv = 1;
        assertEquals(0, Netapi32.INSTANCE.NetUserAdd(null, 1, user, null), "NetUserAdd");
        try (Memory secret = new Memory((PASSWORD.length() + 1L) * Character.BYTES)) {
            secret.setWideString(0, PASSWORD);
            HANDLEByReference token = new HANDLEByReference();
            assertTrue(
                    Advapi32Tokens.Library.ADVAPI32.LogonUserExExW(
                            new WString(ACCOUNT),
                            new WString("."),
                            secret,
                            SandboxLogons.LOGON32_LOGON_BATCH,
                            TokenConstants.LOGON32_PROVIDER_DEFAULT,
                            groups.pointer(),
                            token,
                            null,
                            null,
                            null,
                            null),
                    () -> Handles.text("LogonUserExExW", com.sun.jna.Native.getLastError()));
            java.lang.ref.Reference.reachabilityFence(groups);
            try (Handles.Owned logon = Handles.Owned.of(token)) {
                use.with(logon);
            }
        } finally {
            Netapi32.INSTANCE.NetUserDel(null, ACCOUNT);
        }
    }

    @NotShownUnderWine("there is no LogonUserExExW")
    void aLogonHasTheAccountsSidAndALogonSidOfItsOwn() throws Exception {
        loggedOn(new AddedGroups(List.of()), logon -> {
            try (Handles.Owned own = CurrentUserLogons.token()) {
                Sid account = Tokens.user(logon.get());
                assertNotEquals(Tokens.user(own.get()), account);
                assertNotEquals(Tokens.logonSid(own.get()), Tokens.logonSid(logon.get()));
            }
        });
    }

    /** Pitfall 23: the profile is the account's own, and no temporary or default one. */
    /** Needs SeTcbPrivilege, which the service has and an administrator does not. */
    @NotShownUnderWine("there is no LogonUserExExW")
    void aLogonHasTheGroupsItWasGivenAndStillALogonSid() throws Exception {
        List<Sid> groups = List.of(new CapabilitySids().get(), new CapabilitySids().get());
        loggedOn(new AddedGroups(groups).withLogonSid(), logon -> {
            NativeLogons.requireGroups(logon, groups);
            assertEquals(
                    1,
                    Tokens.groups(logon.get()).stream()
                            .filter(Tokens.Group::isLogonId)
                            .count());
        });
    }

    @NotShownUnderWine("no user but the caller's has a profile")
    void aLogonHasAProfileOfItsOwn() throws Exception {
        loggedOn(new AddedGroups(List.of()), logon -> {
            NativeProfile profile = NativeProfile.load(logon.get(), ACCOUNT);
            try {
                assertTrue(profile.folder().endsWith(ACCOUNT), profile.folder());
            } finally {
                profile.unload(logon.get());
            }
        });
    }
}
