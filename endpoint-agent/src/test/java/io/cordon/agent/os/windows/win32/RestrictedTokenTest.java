package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.TokenPlan;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("wine")
class RestrictedTokenTest {
    private static final Sid CAPABILITY = Sid.parse("S-1-5-21-111-222-333-444");

    private static TokenPlan plan(Sid logon, Sid account, int capabilities) {
        List<Sid> restricting = new ArrayList<>();
        for (int i = 0; i < capabilities; i++) {
            restricting.add(new Sid(5, List.of(21L, 111L, 222L, 333L, (long) i)));
        }
        restricting.addAll(List.of(account, logon, Sid.EVERYONE));
        return new TokenPlan(restricting, "D:(A;;GA;;;" + logon + ")(A;;GA;;;SY)(A;;RC;;;S-1-3-4)");
    }

    @Test
    void isStillTheUsers() throws Exception {
        try (Handles.Owned logon = CurrentUserLogons.token()) {
            Sid user = Tokens.user(logon.get());
            try (Handles.Owned restricted =
                    Tokens.restricted(logon.get(), plan(Tokens.logonSid(logon.get()), user, 1))) {
                assertEquals(user, Tokens.user(restricted.get()));
            }
        }
    }

    @NotShownUnderWine("TokenRestrictedSids cannot be asked for")
    void carriesItsRestrictingSidsInOrder() throws Exception {
        try (Handles.Owned logon = CurrentUserLogons.token()) {
            Sid user = Tokens.user(logon.get());
            Sid session = Tokens.logonSid(logon.get());
            TokenPlan plan = new TokenPlan(List.of(CAPABILITY, user, session, Sid.EVERYONE), "D:(A;;GA;;;SY)");
            try (Handles.Owned restricted = Tokens.restricted(logon.get(), plan)) {
                assertEquals(user, Tokens.user(restricted.get()));
                assertEquals(
                        plan.restricting(),
                        Tokens.restricting(restricted.get()).stream()
                                .map(Tokens.Group::sid)
                                .toList());
            }
        }
    }

    /** Pitfall 5: the default access list keeps its size however many roots a run may write. */
    @Test
    void defaultDaclHasTheSameSizeWithManyCapabilities() throws Exception {
        try (Handles.Owned logon = CurrentUserLogons.token()) {
            Sid user = Tokens.user(logon.get());
            Sid session = Tokens.logonSid(logon.get());
            byte[] few;
            byte[] many;
            try (Handles.Owned token = Tokens.restricted(logon.get(), plan(session, user, 1))) {
                few = Tokens.defaultDacl(token.get());
            }
            try (Handles.Owned token = Tokens.restricted(logon.get(), plan(session, user, 200))) {
                many = Tokens.defaultDacl(token.get());
            }
            assertEquals(few.length, many.length);
            assertEquals(3, few[4], "entries");
            assertTrue(contains(few, session.bytes()));
        }
    }

    /** What a logon is given is laid out as Windows reads it: read back by the mapping of what Windows gives. */
    @Test
    void groupsForALogonReadBackAsTheyWereWritten() throws Exception {
        List<Sid> groups = List.of(CAPABILITY, Sid.EVERYONE);
        AddedGroups added = new AddedGroups(groups).withLogonSid();
        List<Tokens.Group> read = Tokens.groups(added.pointer());
        assertEquals(groups, read.stream().limit(2).map(Tokens.Group::sid).toList());
        assertTrue(read.stream().allMatch(Tokens.Group::isEnabled));
        assertEquals(
                List.of(false, false, true),
                read.stream().map(Tokens.Group::isLogonId).toList());
        assertEquals(5, read.get(2).sid().subAuthorities().get(0));
    }

    @Test
    void noGroupsAreANullPointer() {
        assertNull(new AddedGroups(List.of()).pointer());
    }

    /** Fails closed where Windows adds no groups, as Wine does not. */
    @Test
    void aTokenWithoutACapabilityIsRefused() throws Exception {
        try (Handles.Owned logon = CurrentUserLogons.token()) {
            NativeLogons.requireGroups(logon, List.of(Sid.EVERYONE));
            LaunchException refused = assertThrows(
                    LaunchException.class, () -> NativeLogons.requireGroups(logon, List.of(Sid.EVERYONE, CAPABILITY)));
            assertTrue(refused.getMessage().contains("lacks 1 of 2"), refused.getMessage());
        }
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (java.util.Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
