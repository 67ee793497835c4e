package io.cordon.agent.os.windows.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.Sid;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The model of the access check against rules that Microsoft publishes. */
class AccessCheckTest {
    private static final Sid USER = Sid.parse("S-1-5-21-1-1-1-1000");
    private static final Sid GROUP = Sid.parse("S-1-5-21-1-1-1-2000");
    private static final Sid CAPABILITY = Sid.parse("S-1-5-21-7-7-7-7");
    private static final int READ = 0x1;
    private static final int WRITE = 0x2;
    private static final int DELETE = 0x10000;

    private static int granted(String dacl, Token token) {
        return AccessCheck.granted(Sddl.parse("O:" + USER + "D:" + dacl), token);
    }

    private static Token other(Sid... groups) {
        return Token.plain(Sid.parse("S-1-5-21-1-1-1-9999"), Set.of(groups));
    }

    private static Token restricted(Token.Restriction restriction, Sid... restricting) {
        return new Token(other().user(), Set.of(GROUP), Set.of(), Set.of(restricting), restriction);
    }

    @Test
    void noListAllowsEverythingAndAnEmptyOneNothing() {
        assertEquals(0x1F01FF, AccessCheck.granted(Sddl.parse("O:SYD:NO_ACCESS_CONTROL"), other()));
        assertEquals(0, granted("", other()));
    }

    @Test
    void theFirstEntryThatSpeaksOfARightDecides() {
        assertEquals(0, granted("(D;;0x1;;;" + GROUP + ")(A;;0x1;;;" + GROUP + ")", other(GROUP)));
        assertEquals(READ, granted("(A;;0x1;;;" + GROUP + ")(D;;0x1;;;" + GROUP + ")", other(GROUP)));
        assertEquals(READ | WRITE, granted("(A;;0x1;;;" + GROUP + ")(A;;0x2;;;WD)", other(GROUP, Sid.EVERYONE)));
    }

    @Test
    void genericRightsMeanFileRights() {
        assertEquals(0x120089, granted("(A;;GR;;;" + GROUP + ")", other(GROUP)));
        assertTrue(AccessCheck.permits(Sddl.parse("D:(A;;FR;;;" + GROUP + ")"), other(GROUP), 0x80000000));
    }

    @Test
    void anOwnerMayReadAndChangeTheListUnlessOwnerRightsSayOtherwise() {
        Token owner = Token.plain(USER, Set.of());
        assertEquals(0x60000, granted("", owner));
        assertEquals(0x60000, granted("(D;;FA;;;WD)", Token.plain(USER, Set.of(Sid.EVERYONE))));
        assertEquals(0x20000, granted("(A;;RC;;;OW)", owner));
        assertEquals(0x60000, granted("(A;IO;RC;;;OW)", owner));
        assertEquals(0, granted("(A;;RC;;;OW)", other()));
    }

    @Test
    void inheritOnlyEntriesDoNotTouchTheObject() {
        assertEquals(0, granted("(A;OICIIO;FA;;;" + GROUP + ")", other(GROUP)));
    }

    @Test
    void denyOnlyGroupsCountForDenyingAlone() {
        Token token = new Token(other().user(), Set.of(), Set.of(GROUP), Set.of(), Token.Restriction.NONE);
        assertEquals(0, granted("(A;;FA;;;" + GROUP + ")", token));
        assertEquals(0, granted("(D;;0x1;;;" + GROUP + ")(A;;0x1;;;" + other().user() + ")", token));
    }

    @Test
    void aRestrictedTokenNeedsBothPasses() {
        String both = "(A;;FR;;;" + GROUP + ")(A;;FR;;;" + CAPABILITY + ")";
        assertEquals(0x120089, granted(both, restricted(Token.Restriction.ALL, CAPABILITY)));
        assertEquals(0, granted("(A;;FR;;;" + GROUP + ")", restricted(Token.Restriction.ALL, CAPABILITY)));
        assertEquals(0, granted("(A;;FR;;;" + CAPABILITY + ")", restricted(Token.Restriction.ALL, CAPABILITY)));
    }

    @Test
    void writeRestrictedReadsByTheFirstPassAlone() {
        Token token = restricted(Token.Restriction.ANY_WRITE, CAPABILITY);
        assertEquals(READ, granted("(A;;0x3;;;" + GROUP + ")", token));
        assertEquals(READ | WRITE, granted("(A;;0x3;;;" + GROUP + ")(A;;0x2;;;" + CAPABILITY + ")", token));
        assertEquals(
                READ,
                granted("(D;;0x3;;;" + CAPABILITY + ")(A;;0x3;;;" + GROUP + ")(A;;0x3;;;" + CAPABILITY + ")", token));
    }

    @Test
    void theTwoReadingsOfWriteRestrictedDifferInDeleteAndItsLikeAlone() {
        String dacl = "(A;;FA;;;" + GROUP + ")";
        int wide = granted(dacl, restricted(Token.Restriction.GENERIC_WRITE, CAPABILITY));
        int narrow = granted(dacl, restricted(Token.Restriction.ANY_WRITE, CAPABILITY));
        assertEquals(DELETE | 0x40 | 0x40000 | 0x80000, wide & ~narrow);
        assertEquals(0, wide & 0x116);
    }

    @Test
    void theOwnerToo_isLookedForAmongTheRestrictingSids() {
        Token without = new Token(USER, Set.of(), Set.of(), Set.of(CAPABILITY), Token.Restriction.ALL);
        Token with = new Token(USER, Set.of(), Set.of(), Set.of(USER), Token.Restriction.ALL);
        assertEquals(0, granted("", without));
        assertEquals(0x60000, granted("", with));
    }

    @Test
    void oneRequestForReadingAndWritingNeedsBothInTheSecondPass() {
        SecurityDescriptor object = Sddl.parse("O:SYD:(A;;0x3;;;" + GROUP + ")(A;;0x2;;;" + CAPABILITY + ")");
        Token token = restricted(Token.Restriction.ANY_WRITE, CAPABILITY);
        assertTrue(AccessCheck.permits(object, token, WRITE));
        assertFalse(AccessCheck.permits(object, token, READ | WRITE));
    }

    @Test
    void aNewObjectTakesWhatIsInheritable() {
        ModelTree tree =
                new ModelTree("(A;OICI;FA;;;SY)(A;CI;FR;;;BU)(A;OI;FW;;;BA)(A;OICINP;FX;;;AU)(A;OICIIO;FA;;;CO)");
        tree.folder("C:\\d", USER).file("C:\\d\\f", USER, "");
        assertEquals(
                "(A;OICIID;0x1f01ff;;;SY)(A;CIID;0x120089;;;BU)(A;OIIOID;0x120116;;;BA)(A;ID;0x1200a0;;;AU)"
                        + "(A;ID;0x1f01ff;;;" + USER + ")(A;OICIIOID;0x1f01ff;;;CO)",
                Sddl.entries(tree.get("C:\\d").descriptor.entries()));
        assertEquals(
                "(A;ID;0x1f01ff;;;SY)(A;ID;0x120116;;;BA)(A;ID;0x1f01ff;;;" + USER + ")",
                Sddl.entries(tree.get("C:\\d\\f").descriptor.entries()));
    }

    @Test
    void deletingNeedsDeleteOrDeleteChildOfTheParent() {
        ModelTree tree = new ModelTree("(A;OICI;FR;;;" + GROUP + ")");
        tree.file("C:\\d\\f", USER, "");
        assertFalse(tree.delete("C:\\d\\f", other(GROUP)));
        tree.secure("C:\\d", "O:SYD:(A;;0x40;;;" + GROUP + ")");
        assertTrue(tree.delete("C:\\d\\f", other(GROUP)));
    }

    @Test
    void aMovedObjectKeepsItsListAndALinkedOneSharesIt() {
        ModelTree tree = new ModelTree("(A;OICI;FA;;;" + GROUP + ")");
        tree.file("C:\\a\\f", USER, "").folder("C:\\b", USER);
        tree.secure("C:\\b", "O:SYD:P(A;OICI;FA;;;WD)");
        String before = Sddl.format(tree.get("C:\\a\\f").descriptor);
        Token token = other(GROUP, Sid.EVERYONE);
        assertTrue(tree.link("C:\\a\\f", "C:\\b\\g", token));
        assertTrue(tree.rename("C:\\a\\f", "C:\\b\\f", token));
        assertEquals(before, Sddl.format(tree.get("C:\\b\\f").descriptor));
        tree.secure("C:\\b\\f", "O:SYD:");
        assertEquals(0, AccessCheck.granted(tree.get("C:\\b\\g").descriptor, token));
    }
}
