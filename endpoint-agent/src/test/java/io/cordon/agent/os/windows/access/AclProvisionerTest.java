package io.cordon.agent.os.windows.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AclProvisionerTest {
    private static final FileBoundary USUAL = new FileBoundary(
            true,
            List.of("~/.ssh", "${workspace}/.env"),
            List.of("${workspace}", "${tmp}", "~/cache"),
            List.of("${workspace}/.git/hooks", "${workspace}/.git/config", "${workspace}/.codex/rules"));
    private static final FileBoundary WITHOUT_CACHE =
            new FileBoundary(true, List.of("~/.ssh"), List.of("${workspace}"), List.of("${workspace}/.git/hooks"));

    private static final String OFFLINE = "S-1-5-21-1-2-3-1101";

    private Bench bench = fresh();

    private static Bench fresh() {
        Bench bench = new Bench(Trustees.TokenForm.RESTRICTING).usual();
        bench.tree.file(Bench.HOME + "\\cache\\old", Bench.ADA, "old");
        return bench;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private FileView.Acls usual() {
        return bench.view(USUAL, Bench.PROJECT);
    }

    private Token run(FileView.Acls view) {
        return bench.token(bench.prepared(view), Token.Restriction.GENERIC_WRITE);
    }

    private String refused(FileView.Acls view) {
        Capabilities.Result.Refused refused =
                assertInstanceOf(Capabilities.Result.Refused.class, bench.provisioner.prepare(view, Bench.PRINCIPAL));
        return refused.rule() + ": " + refused.reason();
    }

    private boolean isMentioned(Sid sid) {
        return bench.tree.descriptors().values().stream().anyMatch(text -> text.contains(sid.toString()));
    }

    @Test
    @DisplayName(
            "pitfall 3: a second run writes nothing, to no list and no ledger, whatever stale entries are inherited")
    void theSecondRunWritesNothing() {
        FileView.Acls view = usual();
        List<Sid> first = bench.prepared(view);
        int changes = bench.files.changes;
        int entries = bench.ledger.open().size();
        assertEquals(first, bench.prepared(view));
        assertEquals(changes, bench.files.changes);
        assertEquals(entries, bench.ledger.open().size());
        bench.restart();
        assertEquals(first, bench.prepared(view));
    }

    @Test
    void everyRootHasItsOwnCapability() {
        List<Sid> sids = bench.prepared(usual());
        assertEquals(
                3,
                Map.copyOf(Map.of(sids.get(0), 0, sids.get(1), 1, sids.get(2), 2))
                        .size());
        FileView.Acls other = bench.view(WITHOUT_CACHE, Bench.PROJECT);
        assertFalse(sids.containsAll(bench.prepared(other)), "other protections, other capability");
    }

    @Test
    @DisplayName("pitfall 6: uninstalling leaves no SID, no placeholder and every list as it was")
    void removingAllRestoresEveryDescriptor() throws IOException {
        Map<Long, String> before = bench.tree.descriptors();
        FileView.Acls view = usual();
        Token token = run(view);
        assertTrue(bench.tree.write(Bench.PROJECT + "\\src\\Main.java", token, "changed"));
        assertNotEquals(before, bench.tree.descriptors());
        bench.removeAll();
        assertEquals(before, bench.tree.descriptors());
        assertEquals(List.of(), bench.ledger.open());
    }

    @Test
    @DisplayName("pitfall 1: what runs made belongs to the developer once their right ends")
    void ownershipGoesBackToTheDeveloper() throws IOException {
        Token token = run(usual());
        String made = Bench.PROJECT + "\\made";
        assertTrue(bench.tree.create(made, false, token, null, Bench.LOGON));
        String kept = Bench.PROJECT + "\\kept";
        SecurityDescriptor own = Sddl.parse("O:" + Bench.OFFLINE + "D:P(A;;FA;;;WD)(A;;FA;;;" + Bench.OFFLINE + ")");
        assertTrue(bench.tree.create(kept, false, token, own, Bench.LOGON));
        bench.removeAll();
        for (String path : List.of(made, kept)) {
            SecurityDescriptor now = bench.tree.get(path).descriptor;
            assertEquals(Bench.ADA, now.owner());
            assertFalse(bench.tree.write(path, token, "again"), path + " " + Sddl.format(now));
        }
        assertFalse(isMentioned(Bench.OFFLINE));
    }

    @ParameterizedTest
    @DisplayName("pitfall 1: a root that a run made is the developer's before a run may write there, and no run's own")
    @ValueSource(strings = {"D:P(A;OICI;FA;;;WD)", "D:P(A;OICI;FA;;;" + OFFLINE + ")", "D:", "D:P"})
    void aRootThatARunMadeIsTheDevelopers(String entries) {
        for (Trustees.TokenForm form : Trustees.TokenForm.values()) {
            bench.close();
            bench = new Bench(form);
            Token first = run(bench.view(WITHOUT_CACHE, Bench.PROJECT));
            SecurityDescriptor own = Sddl.parse("O:" + OFFLINE + entries);
            String made = Bench.PROJECT + "\\made\\inner";
            assertTrue(bench.tree.create(Bench.PROJECT + "\\made", true, first, own, Bench.LOGON));
            bench.tree.folder(made, Bench.OFFLINE).get(made).descriptor = own;
            Token second = run(bench.view(WITHOUT_CACHE, made));
            assertEquals(Bench.ADA, bench.tree.get(made).descriptor.owner());
            assertFalse(bench.tree.setDacl(made, second, own));
            assertTrue(bench.tree.create(made + "\\new", false, second, null, Bench.LOGON));
            assertTrue(bench.tree.create(made + "\\folder", true, second, null, Bench.LOGON));
            assertFalse(bench.tree.delete(made + "\\.git", second));
        }
    }

    @Test
    void aPlaceholderThatBecomesARootIsTheDevelopers() {
        run(usual());
        String made = Bench.PROJECT + "\\.codex\\rules";
        assertNotNull(bench.tree.at(made));
        bench.policyDigest = "policy-2";
        FileBoundary boundary = new FileBoundary(true, List.of(), List.of("${workspace}/.codex/rules"), List.of());
        FileView.Acls view = bench.view(boundary, Bench.PROJECT);
        Token token = run(view);
        assertTrue(bench.tree.create(made + "\\new", false, token, null, Bench.LOGON));
        assertTrue(bench.tree.delete(made + "\\new", token));
        bench.release(view);
        bench.restart();
        assertEquals(Bench.ADA, bench.tree.get(made).descriptor.owner());
    }

    @Test
    void howDeepARunNestsFoldersKeepsNothingFromBeingSet() throws IOException {
        Token token = run(usual());
        String deep = Bench.PROJECT;
        for (int i = 0; i < 1500; i++) {
            deep += "\\d";
            assertTrue(bench.tree.create(deep, true, token, null, Bench.LOGON));
        }
        bench.policyDigest = "policy-2";
        Token later = run(bench.view(WITHOUT_CACHE, Bench.PROJECT));
        assertTrue(bench.tree.create(deep + "\\new", false, later, null, Bench.LOGON));
        assertFalse(bench.tree.create(deep + "\\old", false, token, null, Bench.LOGON));
        bench.removeAll();
        assertEquals(Bench.ADA, bench.tree.get(deep + "\\new").descriptor.owner());
    }

    @Test
    void whatRunsOfAnotherDeveloperMadeIsNotGivenAway() {
        String shared = "C:\\shared";
        bench.tree.folder(shared, Bench.BOB);
        bench.tree.secure(shared, "O:" + Bench.BOB + "D:P(A;OICI;FA;;;WD)");
        String bobs = shared + "\\bobs";
        bench.tree.folder(bobs, Bench.OFFLINE);
        bench.tree.secure(bobs, "O:" + Bench.OFFLINE + "D:P(A;OICI;FA;;;" + Bench.OFFLINE + ")");
        FileView.Acls view =
                bench.view(new FileBoundary(true, List.of(), List.of("C:/shared/bobs"), List.of()), Bench.PROJECT);
        assertTrue(refused(view).startsWith("not-yours: "));
        assertEquals(Bench.OFFLINE, bench.tree.get(bobs).descriptor.owner());
    }

    @Test
    void aClosedFolderThatARunMadeTakesWhatItsFolderHandsDown() {
        Token token = run(usual());
        String secret = Bench.PROJECT + "\\secret";
        SecurityDescriptor own = Sddl.parse("O:" + Bench.OFFLINE + "D:P(A;OICI;FA;;;WD)");
        assertTrue(bench.tree.create(secret, true, token, own, Bench.LOGON));
        run(bench.view(
                new FileBoundary(
                        true,
                        List.of("~/.ssh", "${workspace}/.env", "${workspace}/secret"),
                        USUAL.writableRoots(),
                        USUAL.protectedPaths()),
                Bench.PROJECT));
        Token ada = Token.plain(Bench.ADA, java.util.Set.of(Sid.USERS));
        assertEquals(0x1F01FF, AccessCheck.granted(bench.tree.get(secret).descriptor, ada));
        assertFalse(bench.tree.reads(secret, token));
    }

    @Test
    @DisplayName("pitfall 1: who owns a file a run made cannot change its entries, for owner rights are inherited")
    void aRunCannotTakeWhatItMade() {
        Token token = run(usual());
        String made = Bench.PROJECT + "\\made";
        assertTrue(bench.tree.create(made, false, token, null, Bench.LOGON));
        assertEquals(Bench.OFFLINE, bench.tree.get(made).descriptor.owner());
        assertFalse(bench.tree.setDacl(made, token, Sddl.parse("D:(A;;FA;;;WD)")));
    }

    @Test
    void anExceptionThatEndedLeavesNothing() {
        FileView.Acls wide = usual();
        List<Sid> sids = bench.prepared(wide);
        Token token = bench.token(sids, Token.Restriction.GENERIC_WRITE);
        assertTrue(bench.tree.write(Bench.HOME + "\\cache\\old", token, "new"));
        assertTrue(bench.tree.create(Bench.HOME + "\\cache\\made", false, token, null, Bench.LOGON));
        bench.policyDigest = "policy-2";
        Token later = run(bench.view(WITHOUT_CACHE, Bench.PROJECT));
        assertFalse(bench.tree.write(Bench.HOME + "\\cache\\made", later, "x"));
        assertFalse(bench.tree.write(Bench.HOME + "\\cache\\old", later, "x"));
        sids.forEach(sid -> assertFalse(isMentioned(sid), sid.toString()));
        assertNull(bench.tree.at(Bench.PROJECT + "\\.env"));
    }

    @Test
    void foreignEntriesAreNeverRemoved() throws IOException {
        String foreign = "(A;OICI;0x1200a9;;;" + Bench.GROUP + ")(A;OICI;0x1301bf;;;" + Bench.GROUP + ")(A;;FR;;;AU)";
        bench.tree.secure(Bench.PROJECT, "O:" + Bench.ADA + "G:SYD:AI" + foreign + "(A;OICIID;FA;;;" + Bench.ADA + ")");
        String before = Sddl.format(bench.tree.get(Bench.PROJECT).descriptor);
        bench.prepared(usual());
        bench.removeAll();
        assertEquals(before, Sddl.format(bench.tree.get(Bench.PROJECT).descriptor));
    }

    @Test
    void driftIsRepaired() {
        FileView.Acls view = usual();
        Token token = run(view);
        String hooks = Bench.PROJECT + "\\.git\\hooks";
        bench.tree.remove(bench.tree.get(Bench.PROJECT + "\\.git"), "hooks");
        bench.tree.folder(hooks, Bench.ADA).file(hooks + "\\new", Bench.ADA, "");
        assertTrue(bench.tree.write(hooks + "\\new", token, "x"));
        bench.prepared(view);
        assertFalse(bench.tree.write(hooks + "\\new", token, "y"));
    }

    @Test
    @DisplayName("pitfalls 1, 19: what is missing is made with the developer as owner, and goes when it is still empty")
    void placeholdersAreTheDevelopersAndGo() {
        FileView.Acls view = usual();
        Token token = run(view);
        String rules = Bench.PROJECT + "\\.codex\\rules";
        assertEquals(Bench.ADA, bench.tree.get(rules).descriptor.owner());
        assertFalse(bench.tree.get(Bench.PROJECT + "\\.env").directory);
        assertFalse(bench.tree.create(rules + "\\x", false, token, null, Bench.LOGON));
        assertTrue(bench.tree.create(Bench.PROJECT + "\\.codex\\other", false, token, null, Bench.LOGON));
        assertFalse(bench.tree.rename(Bench.PROJECT + "\\.codex", Bench.PROJECT + "\\moved", token));
        bench.release(view);
        assertNull(bench.tree.at(rules));
        assertNull(bench.tree.at(Bench.PROJECT + "\\.env"));
        assertNotNull(bench.tree.at(Bench.PROJECT + "\\.codex\\other"));
    }

    @Test
    void aPlaceholderOfTwoRunsStaysUntilBothAreOver() {
        FileView.Acls one = usual();
        FileView.Acls two = bench.view(
                new FileBoundary(true, USUAL.deniedReads(), List.of("${workspace}"), USUAL.protectedPaths()),
                Bench.PROJECT);
        bench.prepared(one);
        bench.prepared(two);
        bench.release(one);
        assertNotNull(bench.tree.at(Bench.PROJECT + "\\.codex\\rules"));
        bench.release(two);
        assertNull(bench.tree.at(Bench.PROJECT + "\\.codex\\rules"));
    }

    @Test
    @DisplayName(
            "pitfall 18: a protected key file inside a denied folder needs no entry, one open to others gets its own")
    void whatWouldOutrankAnInheritedEntryIsClosedByItself() {
        String keys = Bench.HOME + "\\.ssh";
        bench.tree.file(keys + "\\strict", Bench.ADA, "").file(keys + "\\shared", Bench.ADA, "");
        bench.tree.secure(keys + "\\strict", "O:" + Bench.ADA + "G:SYD:P(A;;FA;;;" + Bench.ADA + ")(A;;FA;;;SY)");
        bench.tree.secure(keys + "\\shared", "O:" + Bench.ADA + "G:SYD:(A;;FR;;;WD)");
        String strict = Sddl.format(bench.tree.get(keys + "\\strict").descriptor);
        Token token = run(usual());
        assertEquals(strict, Sddl.format(bench.tree.get(keys + "\\strict").descriptor));
        assertFalse(bench.tree.reads(keys + "\\shared", token));
        assertFalse(bench.tree.reads(keys + "\\id", token));
    }

    @Test
    @DisplayName("pitfall 15: a run reads what it made for its own account alone; renaming has DELETE on both sides")
    void ownDirectoriesAndReplacingWork() {
        Token token = run(usual());
        String private700 = Bench.PROJECT + "\\private";
        SecurityDescriptor own = Sddl.parse("O:" + Bench.OFFLINE + "D:P(A;OICI;FA;;;" + Bench.OFFLINE + ")");
        assertTrue(bench.tree.create(private700, true, token, own, Bench.LOGON));
        assertTrue(bench.tree.create(private700 + "\\f", false, token, null, Bench.LOGON));
        assertTrue(bench.tree.create(Bench.PROJECT + "\\new", false, token, null, Bench.LOGON));
        assertTrue(bench.tree.rename(Bench.PROJECT + "\\new", Bench.PROJECT + "\\src\\Main.java", token));
    }

    @Test
    void aHardLinkIntoARootOpensNothing() {
        bench.tree.file("C:\\tools\\tool.exe", Sid.ADMINISTRATORS, "tool");
        Token token = run(usual());
        String link = Bench.PROJECT + "\\tool";
        assertTrue(bench.tree.link("C:\\tools\\tool.exe", link, token));
        String hook = Bench.PROJECT + "\\hook";
        assertTrue(bench.tree.link(Bench.PROJECT + "\\.git\\hooks\\pre-commit", hook, token));
        bench.policyDigest = "policy-2";
        Token later = run(bench.view(WITHOUT_CACHE, Bench.PROJECT));
        for (String path : List.of(link, hook, "C:\\tools\\tool.exe")) {
            assertFalse(bench.tree.write(path, later, "evil"), path);
            assertFalse(bench.tree.write(path, token, "evil"), path);
        }
    }

    @Test
    @DisplayName("pitfall 20: config and hooks of a repository are closed, the rest of it works")
    void theRestOfARepositoryStaysWritable() {
        Token token = run(usual());
        assertFalse(bench.tree.write(Bench.PROJECT + "\\.git\\config", token, "x"));
        assertTrue(bench.tree.write(Bench.PROJECT + "\\.git\\HEAD", token, "x"));
        assertTrue(bench.tree.create(Bench.PROJECT + "\\.git\\index", false, token, null, Bench.LOGON));
        assertFalse(bench.tree.rename(Bench.PROJECT + "\\.git", Bench.PROJECT + "\\git", token));
    }

    @Test
    @DisplayName("pitfall 13: folders above a root can be passed, each by an entry of its own that nothing inherits")
    void foldersAboveARootCanBePassed() {
        Token token = run(usual());
        SecurityDescriptor home = bench.tree.get(Bench.HOME).descriptor;
        assertEquals(0x1200A0, AccessCheck.granted(home, token));
        assertEquals(0, AccessCheck.granted(bench.tree.get(Bench.HOME + "\\notes.txt").descriptor, token));
        assertFalse(Sddl.format(bench.tree.get("C:\\Users").descriptor).contains(Bench.GROUP.toString()));
        assertFalse(Sddl.format(bench.tree.get("C:\\").descriptor).contains(Bench.GROUP.toString()));
    }

    @Test
    @DisplayName("pitfall 2: nothing is opened that the developer could not write")
    void noRunGetsMoreThanItsDeveloper() {
        bench.tree.folder("C:\\bobs", Bench.BOB);
        FileView.Acls view =
                bench.view(new FileBoundary(true, List.of(), List.of("C:/bobs"), List.of()), Bench.PROJECT);
        assertTrue(refused(view).startsWith("not-yours: "));
    }

    @Test
    void refusesFoldersThatGiveTheirCreatorsControl() {
        String folder = "C:\\drop";
        bench.tree.folder(folder, Bench.ADA);
        bench.tree.secure(folder, "O:" + Bench.ADA + "D:(A;OICI;FA;;;" + Bench.ADA + ")(A;OICIIO;FA;;;CO)");
        FileView.Acls view =
                bench.view(new FileBoundary(true, List.of(), List.of("C:/drop"), List.of()), Bench.PROJECT);
        assertTrue(refused(view).startsWith("creator-owner: "));
        bench.tree.secure(folder, "O:" + Bench.ADA + "D:NO_ACCESS_CONTROL");
        assertTrue(refused(view).startsWith("no-access-control: "));
    }

    @Test
    void refusesARootThatBecameALinkAfterItWasPlanned() {
        FileView.Acls view = usual();
        bench.tree.remove(bench.tree.get(Bench.HOME), "project");
        bench.tree.junction(Bench.PROJECT, "C:\\Windows", Bench.ADA);
        assertTrue(refused(view).startsWith("path-changed: "));
        assertFalse(Sddl.format(bench.tree.get("C:\\Windows").descriptor).contains(Bench.GROUP.toString()));
    }

    @Test
    void aLinkInsideARootIsNotFollowed() {
        bench.tree.junction(Bench.PROJECT + "\\out", "C:\\Windows\\System32", Bench.ADA);
        run(usual());
        String hosts = Sddl.format(bench.tree.get("C:\\Windows\\System32\\drivers\\etc\\hosts").descriptor);
        assertFalse(hosts.contains(Bench.GROUP.toString()), hosts);
    }

    @Test
    @DisplayName("pitfall 27: set to manual it changes nothing, says what is missing, and runs once it is there")
    void manualModeChangesNothing() {
        bench.close();
        bench = new Bench(Trustees.TokenForm.RESTRICTING, AclProvisioner.AclMode.MANUAL).usual();
        FileView.Acls view = bench.view(WITHOUT_CACHE, Bench.PROJECT);
        String before = Sddl.format(bench.tree.get(Bench.PROJECT).descriptor);
        String reason = refused(view);
        assertEquals(before, Sddl.format(bench.tree.get(Bench.PROJECT).descriptor));
        assertNull(bench.tree.at(Bench.PROJECT + "\\.codex"));
        assertTrue(reason.startsWith("acl-manual: "), reason);
        String grant = "icacls \"" + Bench.PROJECT + "\" /grant \"*" + Bench.GROUP
                + ":(OI)(CI)(DE,RC,S,RD,WD,AD,REA,WEA,X,RA,WA)\"";
        assertTrue(reason.contains(grant), reason);
        assertTrue(reason.contains("/deny \"*" + Bench.GROUP + ":(OI)(CI)("), reason);
        assertFalse(reason.contains("\"C:\\Users\""), "what everybody may pass needs no entry: " + reason);
    }

    @Test
    @DisplayName("pitfall 27: once an administrator ran the commands, over a restart too, the run has what it needs")
    void manualModeRunsOnceTheCommandsWereRun() {
        bench.close();
        bench = new Bench(Trustees.TokenForm.RESTRICTING_AND_GROUPS, AclProvisioner.AclMode.MANUAL).usual();
        FileView.Acls view = bench.view(USUAL, Bench.PROJECT);
        String first = refused(view);
        bench.restart();
        assertEquals(first, refused(view), "the SIDs in the commands must outlast a restart");
        new Icacls(bench.tree).run(first);
        Token token = run(view);
        assertTrue(bench.tree.write(Bench.PROJECT + "\\src\\Main.java", token, "x"));
        assertTrue(bench.tree.create(Bench.TEMPORARY + "\\" + Bench.ADA + "\\x", false, token, null, Bench.LOGON));
        assertFalse(bench.tree.write(Bench.PROJECT + "\\.git\\config", token, "x"));
        assertFalse(bench.tree.reads(Bench.HOME + "\\.ssh\\id", token));
        bench.tree.secure(Bench.PROJECT, "O:" + Bench.ADA + "D:(A;OICI;FA;;;" + Bench.ADA + ")");
        assertTrue(refused(view).contains("icacls \"" + Bench.PROJECT + "\" /grant"));
    }

    @Test
    @DisplayName("pitfall 27: an entry that gives a run more than the policy does is refused")
    void manualModeRefusesEntriesThatGiveMore() {
        bench.close();
        bench = new Bench(Trustees.TokenForm.RESTRICTING_AND_GROUPS, AclProvisioner.AclMode.MANUAL).usual();
        FileView.Acls view = bench.view(USUAL, Bench.PROJECT);
        String first = refused(view);
        new Icacls(bench.tree).run(first.replace("(DE,RC,S,RD,", "(DE,RC,S,WDAC,RD,"));
        assertTrue(refused(view).contains("more than the policy does (0x40000)"), refused(view));
    }

    @Test
    @DisplayName("pitfall 27: what would outrank an inherited entry is asked for in manual mode too")
    void manualModeLooksBelowClosedFolders() {
        bench.close();
        bench = new Bench(Trustees.TokenForm.RESTRICTING_AND_GROUPS, AclProvisioner.AclMode.MANUAL).usual();
        String shared = Bench.HOME + "\\.ssh\\shared";
        bench.tree.file(shared, Bench.ADA, "").secure(shared, "O:" + Bench.ADA + "G:SYD:(A;;FR;;;WD)");
        assertTrue(refused(bench.view(USUAL, Bench.PROJECT)).contains("icacls \"" + shared + "\" /deny"));
    }

    @Test
    @DisplayName("pitfall 27: set to manual later, what Cordon set before is taken back before anything is looked for")
    void manualModeTakesBackWhatWasAutomatic() {
        FileView.Acls view = bench.view(WITHOUT_CACHE, Bench.PROJECT);
        bench.prepared(view);
        bench.mode(AclProvisioner.AclMode.MANUAL);
        assertTrue(refused(view).contains("icacls \"" + Bench.PROJECT + "\" /grant"));
        assertFalse(Sddl.format(bench.tree.get(Bench.PROJECT).descriptor).contains(Bench.GROUP.toString()));
    }

    @Test
    @DisplayName(
            "limit: under the wider reading of write restriction a run can delete in roots of other runs, and only that")
    void whatOneRunMayDoInAnothersRoot() {
        for (Trustees.TokenForm form : Trustees.TokenForm.values()) {
            bench.close();
            bench = new Bench(form).usual();
            bench.tree.file(Bench.HOME + "\\other\\src\\f", Bench.ADA, "");
            bench.prepared(bench.view(WITHOUT_CACHE, Bench.HOME + "\\other"));
            List<Sid> sids = bench.prepared(bench.view(WITHOUT_CACHE, Bench.PROJECT));
            SecurityDescriptor other = bench.tree.get(Bench.HOME + "\\other\\src\\f").descriptor;
            int strict = AccessCheck.granted(other, bench.token(sids, Token.Restriction.ANY_WRITE));
            int wide = AccessCheck.granted(other, bench.token(sids, Token.Restriction.GENERIC_WRITE));
            if (form == Trustees.TokenForm.RESTRICTING) {
                assertEquals(0x1200A9, strict);
                assertEquals(0x10000, wide & ~strict);
            } else {
                assertEquals(0, strict | wide);
            }
        }
    }

    @Test
    @DisplayName(
            "limit: an object moved from one root to another keeps the capability of the former until it is stamped again")
    void aMovedObjectKeepsItsCapability() throws IOException {
        List<Sid> sids = bench.prepared(usual());
        Token both = bench.token(sids, Token.Restriction.GENERIC_WRITE);
        assertTrue(bench.tree.rename(Bench.HOME + "\\cache\\old", Bench.PROJECT + "\\moved", both));
        Sid cache = bench.prepared(
                        bench.view(new FileBoundary(true, List.of(), List.of("~/cache"), List.of()), Bench.PROJECT))
                .get(0);
        Token other = bench.token(List.of(cache), Token.Restriction.GENERIC_WRITE);
        assertEquals(sids.contains(cache), bench.tree.write(Bench.PROJECT + "\\moved", other, "x"));
        bench.removeAll();
        assertFalse(isMentioned(cache));
    }

    /** A crash at every single change: the next start puts right what there is, and taking all back leaves nothing. */
    @Test
    void survivesACrashAtEveryStep() throws IOException {
        Map<Long, String> before = bench.tree.descriptors();
        FileView.Acls first = usual();
        bench.prepared(first);
        int changes = bench.files.changes;
        bench.removeAll();
        int all = bench.files.changes;
        assertTrue(changes > 20 && all > changes);
        for (int at = 1; at <= all; at++) {
            bench.close();
            bench = fresh();
            FileView.Acls view = usual();
            bench.files.failsAt = at;
            try {
                bench.provisioner.prepare(view, Bench.PRINCIPAL);
                bench.removeAll();
            } catch (IOException stopped) {
                assertEquals("the machine stopped", stopped.getMessage());
            }
            bench.files.failsAt = Integer.MAX_VALUE;
            bench.restart();
            Token token = run(view);
            assertFalse(bench.tree.write(Bench.PROJECT + "\\.git\\config", token, "x"), "crash at " + at);
            assertTrue(bench.tree.write(Bench.PROJECT + "\\src\\Main.java", token, "x"), "crash at " + at);
            bench.removeAll();
            assertEquals(before, bench.tree.descriptors(), "crash at " + at);
            assertEquals(List.of(), bench.ledger.open());
        }
    }

    @Test
    @DisplayName("I-6: what stands on a volume that is unplugged when its policy ends goes when it is there again")
    void entriesOnAnUnpluggedVolumeGoWhenItIsBack() throws IOException {
        Map<Long, String> before = bench.tree.descriptors();
        bench.prepared(usual());
        bench.files.unplugged = true;
        bench.policyDigest = "policy-2";
        bench.provisioner.converge();
        bench.restart();
        bench.provisioner.converge();
        assertNotEquals(before, bench.tree.descriptors());
        assertTrue(kinds().contains("acl " + Bench.PROJECT), kinds().toString());
        bench.files.unplugged = false;
        bench.provisioner.converge();
        assertTrue(kinds().stream().noneMatch(kind -> kind.startsWith("acl ") || kind.startsWith("acl-placeholder")));
        bench.removeAll();
        assertEquals(before, bench.tree.descriptors());
    }

    @Test
    @DisplayName("I-6: owners that a crash left half given back on a volume that is unplugged are given back later")
    void ownersOnAnUnpluggedVolumeAreGivenBackLater() {
        String made = Bench.PROJECT + "\\made";
        for (int at = 1; !kinds().contains("acl-owner " + Bench.PROJECT); at++) {
            bench.close();
            bench = fresh();
            assertTrue(bench.tree.create(made, false, run(usual()), null, Bench.LOGON));
            bench.policyDigest = "policy-2";
            bench.files.failsAt = bench.files.changes + at;
            assertThrows(IOException.class, () -> bench.provisioner.converge());
        }
        bench.files.failsAt = Integer.MAX_VALUE;
        bench.files.unplugged = true;
        bench.restart();
        assertTrue(kinds().contains("acl-owner " + Bench.PROJECT), kinds().toString());
        bench.files.unplugged = false;
        bench.restart();
        assertEquals(Bench.ADA, bench.tree.get(made).descriptor.owner());
        assertFalse(kinds().contains("acl-owner " + Bench.PROJECT));
    }

    @Test
    @DisplayName("an unplugged volume does not keep Cordon from being uninstalled, and is named")
    void uninstallingNamesTheDrivesThatAreNotThere() throws IOException {
        bench.prepared(usual());
        bench.files.unplugged = true;
        assertEquals(Set.of("C:\\"), bench.removeAll());
        assertEquals(List.of(), bench.ledger.open());
    }

    @Test
    @DisplayName(
            "I-6: temporary folders are in the ledger before they are made, and go at uninstall with what is in them")
    void temporaryFoldersAreInTheLedgerFirst() throws IOException {
        bench.files.failsAt = 1;
        assertTrue(refused(usual()).startsWith("acl-failed: "));
        assertTrue(kinds().contains("acl-temporary " + Bench.TEMPORARY), kinds().toString());
        bench.files.failsAt = Integer.MAX_VALUE;
        Token token = run(usual());
        String own = Bench.TEMPORARY + "\\" + Bench.ADA;
        assertTrue(bench.tree.create(own + "\\scratch", false, token, null, Bench.LOGON));
        assertTrue(kinds().contains("acl-temporary " + own), kinds().toString());
        bench.restart();
        bench.removeAll();
        assertNull(bench.tree.at(Bench.TEMPORARY));
        assertEquals(List.of(), bench.ledger.open());
    }

    private List<String> kinds() {
        return bench.ledger.open().stream()
                .map(entry ->
                        entry.change().kind() + " " + entry.change().details().getOrDefault("path", ""))
                .toList();
    }

    @Test
    @DisplayName(
            "I-6: ownership is given back with the ledger knowing first, and a crash meanwhile is made good at the next start")
    void ownershipIsGivenBackWithTheLedgerKnowingFirst() throws IOException {
        Token token = run(usual());
        String made = Bench.PROJECT + "\\made";
        assertTrue(bench.tree.create(made, false, token, null, Bench.LOGON));
        int before = bench.files.changes;
        bench.removeAll();
        int all = bench.files.changes - before;
        boolean seen = false;
        for (int at = 1; at <= all; at++) {
            bench.close();
            bench = fresh();
            Token again = run(usual());
            assertTrue(bench.tree.create(made, false, again, null, Bench.LOGON));
            bench.files.failsAt = bench.files.changes + at;
            try {
                bench.removeAll();
            } catch (IOException stopped) {
                assertEquals("the machine stopped", stopped.getMessage());
            }
            boolean open = kinds().contains("acl-owner " + Bench.PROJECT);
            seen |= open;
            bench.files.failsAt = Integer.MAX_VALUE;
            bench.restart();
            assertFalse(kinds().stream().anyMatch(kind -> kind.startsWith("acl-owner")), "crash at " + at);
            assertTrue(!open || bench.tree.get(made).descriptor.owner().equals(Bench.ADA), "crash at " + at);
        }
        assertTrue(seen, "no crash fell between the ledger and the owner");
    }

    @Test
    @DisplayName("a run that ends under another policy than it began under gives back what it began with")
    void aRunIsReleasedByWhatItBeganWith() {
        FileView.Acls view = usual();
        Capabilities.Result.Ready first =
                assertInstanceOf(Capabilities.Result.Ready.class, bench.provisioner.prepare(view, Bench.PRINCIPAL));
        bench.policyDigest = "policy-2";
        Capabilities.Result.Ready second =
                assertInstanceOf(Capabilities.Result.Ready.class, bench.provisioner.prepare(view, Bench.PRINCIPAL));
        bench.provisioner.release(first);
        assertNotNull(bench.tree.at(Bench.PROJECT + "\\.codex\\rules"), "the second run still needs it");
        bench.provisioner.release(second);
        assertNull(bench.tree.at(Bench.PROJECT + "\\.codex\\rules"));
    }

    @Test
    @DisplayName("entries for tokens of another form are taken back as those of another policy are")
    void entriesForOtherTokensAreTakenBack() throws IOException {
        FileView.Acls view = usual();
        bench.prepared(view);
        String grant = "(A;OICI;0x1301bf;;;" + Bench.GROUP + ")";
        assertTrue(Sddl.format(bench.tree.get(Bench.PROJECT).descriptor).contains(grant));
        bench.form(Trustees.TokenForm.RESTRICTING_AND_GROUPS);
        Token token = run(view);
        assertFalse(Sddl.format(bench.tree.get(Bench.PROJECT).descriptor).contains(grant));
        assertTrue(bench.tree.write(Bench.PROJECT + "\\src\\Main.java", token, "x"));
    }

    @Test
    @DisplayName("with capabilities as groups a run neither reads nor deletes in another developer's root")
    void withCapabilitiesAsGroupsDevelopersAreApart() {
        bench.close();
        bench = new Bench(Trustees.TokenForm.RESTRICTING_AND_GROUPS).usual();
        List<Sid> own = bench.prepared(usual());
        for (Token.Restriction reading : List.of(Token.Restriction.ANY_WRITE, Token.Restriction.GENERIC_WRITE)) {
            Token stranger = bench.token(List.of(Sid.parse("S-1-5-21-9-9-9-1")), reading);
            SecurityDescriptor source = bench.tree.get(Bench.PROJECT + "\\src\\Main.java").descriptor;
            assertEquals(0, AccessCheck.granted(source, stranger));
            assertTrue(bench.tree.reads(Bench.PROJECT + "\\src\\Main.java", bench.token(own, reading)));
        }
    }

    @Test
    @DisplayName("a policy with more roots than a token has room for is refused")
    void tooManyRootsAreRefused() {
        FileView.Acls view = usual();
        FileView.Root root = view.roots().get(0);
        FileView.Acls many = new FileView.Acls(
                true, java.util.Collections.nCopies(Capabilities.MAX + 1, root), view.deniedReads(), view.entered());
        assertTrue(refused(many).startsWith("too-many-roots: "));
    }
}
