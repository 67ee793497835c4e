package io.cordon.agent.os.windows.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.FileAccessContract;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FileModel;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WindowsFileAccessTest extends FileAccessContract {
    private static final List<String> WORKSPACE = List.of("${workspace}");
    private final Bench bench = new Bench(Trustees.TokenForm.RESTRICTING).usual();

    @AfterEach
    void close() {
        bench.close();
    }

    @Override
    protected FileAccess files() {
        return bench.access();
    }

    @Override
    protected String home() {
        return Bench.HOME;
    }

    @Override
    protected String project() {
        return Bench.PROJECT;
    }

    @Override
    protected String cordon() {
        return Bench.CORDON;
    }

    @Override
    protected Principal ada() {
        return Bench.PRINCIPAL;
    }

    @Override
    protected String path(String slashes) {
        return slashes.replace('/', '\\');
    }

    @Override
    protected String systemFile() {
        return "C:\\Windows\\System32\\drivers\\etc\\hosts";
    }

    @Override
    protected List<String> tooWide() {
        return List.of(
                "~", "C:/", "C:/Users", "C:/Windows", "C:/Windows/System32", "C:/Program Files", "C:/ProgramData");
    }

    /** In audit mode the caller's own token, without the administrators' group that LUA_TOKEN takes out. */
    @Override
    protected FileModel model(FileView view) {
        List<Sid> capabilities = bench.prepared(view.asAcls());
        Token own = new Token(
                Bench.ADA,
                Set.of(Sid.USERS, Sid.EVERYONE, Sid.AUTHENTICATED_USERS),
                Set.of(Sid.ADMINISTRATORS),
                Set.of(),
                Token.Restriction.NONE);
        Token token = view.asAcls().enforced() ? bench.token(capabilities, Token.Restriction.GENERIC_WRITE) : own;
        return new AclModel(bench.tree, token);
    }

    private FilePlan plan(List<String> deny, List<String> roots, List<String> protect, String cwd) {
        return bench.plan(new FileBoundary(true, deny, roots, protect), cwd);
    }

    private FilePlan.Granted granted(List<String> deny, List<String> roots, List<String> protect, String cwd) {
        return assertInstanceOf(FilePlan.Granted.class, plan(deny, roots, protect, cwd));
    }

    private String refused(List<String> deny, List<String> roots, List<String> protect, String cwd) {
        FilePlan.Refused refused = assertInstanceOf(FilePlan.Refused.class, plan(deny, roots, protect, cwd));
        assertTrue(refused.reason().lines().count() == 1 && refused.reason().length() > 20, refused.reason());
        return refused.rule();
    }

    @Test
    void workspaceIsTheTopOfTheWorkTreeTheCallerOwns() {
        assertEquals(Bench.PROJECT, files().workspace(ada(), Bench.PROJECT + "\\src"));
        assertEquals(Bench.PROJECT, files().workspace(ada(), "c:/users/ADA/project/SRC"));
        bench.tree.file("C:\\work\\.git\\HEAD", Bench.BOB, "").folder("C:\\work\\mine", Bench.ADA);
        assertEquals("C:\\work\\mine", files().workspace(ada(), "C:\\work\\mine"));
        assertNull(files().workspace(ada(), Bench.HOME));
        assertNull(files().workspace(ada(), "C:\\"));
        assertNull(files().workspace(ada(), "C:\\Windows"));
    }

    @Test
    @DisplayName("pitfall 6: drive roots, profile roots, Windows and packaged apps are refused as roots")
    void refusesWhatIsNobodysWork() {
        bench.tree.folder("C:\\Users\\ada\\AppData\\Local\\Packages\\App_1", Bench.ADA);
        bench.tree.folder("C:\\Program Files\\WindowsApps\\App_1", Sid.LOCAL_SYSTEM);
        bench.tree.folder("C:\\Users\\bob", Bench.BOB);
        assertEquals("drive-root", refused(List.of(), List.of("C:/"), List.of(), Bench.PROJECT));
        assertEquals("profile-root", refused(List.of(), List.of("~"), List.of(), Bench.PROJECT));
        assertEquals("profile-root", refused(List.of(), List.of("C:/Users/bob"), List.of(), Bench.PROJECT));
        assertEquals("profile-root", refused(List.of(), List.of("C:/Users"), List.of(), Bench.PROJECT));
        assertEquals("windows-folder", refused(List.of(), List.of("C:/Windows/System32"), List.of(), Bench.PROJECT));
        assertEquals("program-folder", refused(List.of(), List.of("C:/Program Files"), List.of(), Bench.PROJECT));
        assertEquals(
                "appx-folder", refused(List.of(), List.of("~/AppData/Local/Packages/App_1"), List.of(), Bench.PROJECT));
        assertEquals(
                "appx-folder", refused(List.of("~/AppData/Local/Packages/App_1"), WORKSPACE, List.of(), Bench.PROJECT));
        assertEquals("read-deny-all", refused(List.of("C:/"), WORKSPACE, List.of(), Bench.PROJECT));
        assertEquals("denied-windows-folder", refused(List.of("C:/Windows"), WORKSPACE, List.of(), Bench.PROJECT));
        assertEquals(
                "root-holds-cordon",
                refused(List.of(), List.of("C:/ProgramData/Cordon/identity"), List.of(), Bench.PROJECT));
    }

    @Test
    @DisplayName("pitfall 17: network, substituted and FAT drives are refused, each with its own reason")
    void refusesVolumesWithoutEntriesOfTheirOwn() {
        bench.files.volume = new WindowsProbe.Volume(false, false, true, "NTFS");
        assertEquals("remote-drive", refused(List.of(), WORKSPACE, List.of(), Bench.PROJECT));
        bench.files.volume = new WindowsProbe.Volume(true, true, true, "NTFS");
        assertEquals("substituted-drive", refused(List.of(), WORKSPACE, List.of(), Bench.PROJECT));
        bench.files.volume = new WindowsProbe.Volume(true, false, false, "exFAT");
        assertEquals("no-persistent-acls", refused(List.of(), WORKSPACE, List.of(), Bench.PROJECT));
        assertEquals("remote-path", refused(List.of(), WORKSPACE, List.of(), "\\\\server\\share\\x"));
    }

    @Test
    void refusesADomainController() {
        WindowsPlaces controller = new WindowsPlaces("C:\\Windows", "C:\\Users", List.of("C:\\Program Files"), true);
        FileAccess files = new WindowsFileAccess(bench.files, controller, List.of(), Bench.TEMPORARY);
        FileBoundary boundary = new FileBoundary(true, List.of(), WORKSPACE, List.of());
        assertEquals(
                "domain-controller",
                assertInstanceOf(FilePlan.Refused.class, files.plan(boundary, ada(), Bench.PROJECT, false))
                        .rule());
    }

    @Test
    void refusesLinksAsRootsAndOnTheWayToClosedPaths() {
        bench.tree.folder("C:\\real", Bench.ADA).junction(Bench.HOME + "\\link", "C:\\real", Bench.ADA);
        assertEquals("root-reparse-point", refused(List.of(), List.of("~/link"), List.of(), Bench.PROJECT));
        bench.tree.junction(Bench.PROJECT + "\\.claude", Bench.PROJECT + "\\src", Bench.ADA);
        assertEquals("protected-link", refused(List.of(), WORKSPACE, List.of("${workspace}/.claude"), Bench.PROJECT));
    }

    @Test
    @DisplayName("pitfall 18: a denied path is denied as it is called and where it leads")
    void deniesLexicallyAndCanonically() {
        bench.tree.file("C:\\keys\\id", Bench.ADA, "").junction(Bench.HOME + "\\.aws", "C:\\keys", Bench.ADA);
        List<String> denied = granted(List.of("~/.aws"), WORKSPACE, List.of(), Bench.PROJECT)
                .view()
                .asAcls()
                .deniedReads();
        assertTrue(denied.containsAll(List.of("C:\\keys", Bench.HOME + "\\.aws")), denied.toString());
        assertEquals("read-deny", refused(List.of("~/.aws"), WORKSPACE, List.of(), "C:\\keys"));
    }

    @Test
    void aRootBelowADeniedPathIsNoRoot() {
        bench.tree.folder(Bench.HOME + "\\cache\\a", Bench.ADA);
        assertEquals(
                List.of(Bench.PROJECT),
                granted(List.of("~/cache"), List.of("${workspace}", "~/cache/a"), List.of(), Bench.PROJECT)
                        .writableRoots());
    }

    @Test
    void rootsInsideRootsAreOne() {
        FilePlan.Granted plan = granted(
                List.of(),
                List.of("${workspace}", "${workspace}/src"),
                List.of("${workspace}/.git/hooks", "${workspace}/src/.git/hooks"),
                Bench.PROJECT);
        assertEquals(
                List.of(new FileView.Root(
                        Bench.PROJECT, List.of(Bench.PROJECT + "\\.git\\hooks", Bench.PROJECT + "\\src\\.git"))),
                plan.view().asAcls().roots());
    }

    @Test
    void aRepositoryNextToItsWorkTreeIsProtectedToo() {
        bench.tree.file("C:\\work\\main\\.git\\config", Bench.ADA, "").folder("C:\\work\\main\\.git\\hooks", Bench.ADA);
        bench.tree.file("C:\\work\\main\\.git\\worktrees\\w\\commondir", Bench.ADA, "../..");
        bench.tree.file("C:\\work\\w\\.git", Bench.ADA, "gitdir: C:/work/main/.git/worktrees/w");
        List<FileView.Root> roots = granted(
                        List.of(), List.of("C:/work"), List.of("C:/work/w/.git/hooks"), Bench.PROJECT)
                .view()
                .asAcls()
                .roots();
        assertTrue(roots.get(0).protectedPaths().contains("C:\\work\\main\\.git\\hooks"), roots.toString());
    }

    @Test
    @DisplayName("pitfall 4: a root directly in the profile works, with a word about its cost")
    void warnsOfTheTopOfTheProfile() {
        FilePlan.Granted plan = granted(List.of(), WORKSPACE, List.of(), Bench.PROJECT);
        assertTrue(plan.notices().stream().anyMatch(notice -> notice.contains("directly in the profile")));
        bench.tree.folder("C:\\work\\deep", Bench.ADA);
        assertEquals(
                List.of(),
                granted(List.of(), WORKSPACE, List.of(), "C:\\work\\deep").notices());
    }

    @Test
    @DisplayName("pitfall 13: a working directory that is no root can be entered")
    void aReadOnlyWorkingDirectoryIsEntered() {
        assertEquals(
                List.of(Bench.HOME),
                granted(List.of(), WORKSPACE, List.of(), Bench.HOME)
                        .view()
                        .asAcls()
                        .entered());
        assertEquals(
                List.of(),
                granted(List.of(), WORKSPACE, List.of(), Bench.PROJECT)
                        .view()
                        .asAcls()
                        .entered());
    }

    @Test
    void wildcardsNameWhatIsThereAndAreBounded() {
        bench.tree.file(Bench.HOME + "\\.config\\gh\\hosts.yml", Bench.ADA, "");
        assertTrue(granted(List.of("~/.config/*/hosts.yml"), WORKSPACE, List.of(), Bench.PROJECT)
                .view()
                .asAcls()
                .deniedReads()
                .contains(Bench.HOME + "\\.config\\gh\\hosts.yml"));
        for (int i = 0; i <= PatternExpander.MAX_PATHS; i++) {
            bench.tree.file(Bench.HOME + "\\many\\f" + i, Bench.ADA, "");
        }
        assertEquals("path-limit", refused(List.of("~/many/*"), WORKSPACE, List.of(), Bench.PROJECT));
    }

    @Test
    void nothingRunsInCordonsOwnFolder() {
        assertEquals("cordon-state", refused(List.of(), WORKSPACE, List.of(), Bench.CORDON));
    }
}
