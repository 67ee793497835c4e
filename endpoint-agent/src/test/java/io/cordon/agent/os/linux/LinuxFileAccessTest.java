package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.FileAccessContract;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.Mount;
import io.cordon.agent.os.MountModel;
import io.cordon.agent.os.Placeholder;
import io.cordon.agent.os.Principal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinuxFileAccessTest extends FileAccessContract {
    private static final int UID = 1000;

    private final MemoryTree tree = new MemoryTree()
            .directory("/etc", 0)
            .file("/etc/hosts", 0, "")
            .directory("/tmp", 0, 01777)
            .directory("/var/tmp", 0, 01777)
            .directory("/run/cordon", 0)
            .directory(HOME, UID)
            .file(HOME + "/.ssh/id", UID, "secret")
            .directory(PROJECT + "/src", UID)
            .file(PROJECT + "/.git/HEAD", UID, "ref: refs/heads/main")
            .file(PROJECT + "/.git/hooks/pre-commit.sample", UID, "")
            .directory(CORDON, 0, 0700);
    private final LivePlaceholders live = new LivePlaceholders(InstantSource.fixed(Instant.EPOCH));

    @Override
    protected FileAccess files() {
        return new LinuxFileAccess(tree, List.of(Path.of(CORDON), Path.of("/run/cordon")), live);
    }

    private FilePlan plan(List<String> deny, List<String> roots, List<String> protect, String cwd) {
        return files().plan(new FileBoundary(true, deny, roots, protect), ADA, cwd, false);
    }

    private FilePlan.Granted granted(List<String> deny, List<String> roots, List<String> protect, String cwd) {
        return assertInstanceOf(FilePlan.Granted.class, plan(deny, roots, protect, cwd));
    }

    private String refused(List<String> deny, List<String> roots, List<String> protect, String cwd) {
        return assertInstanceOf(FilePlan.Refused.class, plan(deny, roots, protect, cwd))
                .rule();
    }

    private static final List<String> WORKSPACE = List.of("${workspace}");

    @Test
    void workspaceIsTheTopOfTheWorkTreeTheCallerOwns() {
        assertEquals(PROJECT, files().workspace(ADA, PROJECT + "/src"));
        tree.directory("/srv/shared", 0).file("/srv/shared/.git/HEAD", 0, "").directory("/srv/shared/mine", UID);
        assertEquals("/srv/shared/mine", files().workspace(ADA, "/srv/shared/mine"));
    }

    @Test
    void aRepositoryInTheHomeDirectoryDoesNotMakeItTheWorkspace() {
        tree.file(HOME + "/.git/HEAD", UID, "").directory(HOME + "/notes", UID);
        assertEquals(HOME + "/notes", files().workspace(ADA, HOME + "/notes"));
        assertNull(files().workspace(ADA, HOME));
        assertNull(files().workspace(ADA, "/"));
        assertNull(files().workspace(ADA, "/etc"));
        assertNull(files().workspace(ADA, "/tmp"));
    }

    @Test
    void anEmptyGitDirectoryIsNoRepository() {
        tree.directory(HOME + "/plain/.git", UID).directory(HOME + "/plain/inner", UID);
        assertEquals(HOME + "/plain/inner", files().workspace(ADA, HOME + "/plain/inner"));
    }

    @Test
    void missingProtectedPathGetsPlaceholdersAndItsSiblingsStayPossible() {
        FilePlan.Granted plan = granted(
                List.of(), WORKSPACE, List.of("${workspace}/.codex/rules", "${workspace}/.git/config"), PROJECT);
        assertEquals(
                List.of(
                        new Placeholder(PROJECT + "/.codex", true),
                        new Placeholder(PROJECT + "/.codex/rules", true),
                        new Placeholder(PROJECT + "/.git/config", false)),
                plan.view().placeholders());
        MountModel model = new MountModel(plan.view().asMounts().mounts());
        assertFalse(model.writes(PROJECT + "/.codex/rules/x"));
        assertTrue(model.writesHost(PROJECT + "/.codex/other"));
        assertFalse(model.canBeRenamed(PROJECT + "/.codex"));
        assertFalse(model.writes(PROJECT + "/.git/config"));
        assertTrue(model.writesHost(PROJECT + "/.git/index"));
    }

    @Test
    void aRepositoryThatDoesNotExistCannotBeMade() {
        tree.directory(HOME + "/plain", UID);
        FilePlan.Granted plan = granted(
                List.of(), WORKSPACE, List.of("${workspace}/.git/hooks", "${workspace}/.git/config"), HOME + "/plain");
        assertEquals(
                List.of(new Placeholder(HOME + "/plain/.git", true)),
                plan.view().placeholders());
        assertFalse(new MountModel(plan.view().asMounts().mounts()).writes(HOME + "/plain/.git/HEAD"));
    }

    @Test
    void directoriesAboveAProtectedPathCannotBeRenamed() {
        MountModel model = new MountModel(granted(List.of(), WORKSPACE, List.of("${workspace}/.git/hooks"), PROJECT)
                .view()
                .asMounts()
                .mounts());
        assertFalse(model.canBeRenamed(PROJECT + "/.git"));
        assertFalse(model.canBeRenamed(PROJECT));
        assertTrue(model.canBeRenamed(PROJECT + "/src"));
    }

    @Test
    void refusesAProtectedPathThatLeadsThroughALink() {
        tree.directory(PROJECT + "/shared", UID).link(PROJECT + "/.claude", "shared");
        assertEquals("protected-link", refused(List.of(), WORKSPACE, List.of("${workspace}/.claude"), PROJECT));
        tree.directory(HOME + "/w/real", UID).link(HOME + "/w/.git", "real");
        assertEquals("protected-link", refused(List.of(), WORKSPACE, List.of("${workspace}/.git/hooks"), HOME + "/w"));
    }

    @Test
    void deniedReadIsMaskedWhereTheLinkLeads() {
        tree.file("/srv/keys/id", UID, "").link(HOME + "/.aws", "/srv/keys");
        MountModel model = new MountModel(granted(List.of("~/.aws"), WORKSPACE, List.of(), PROJECT)
                .view()
                .asMounts()
                .mounts());
        assertFalse(model.readsHost("/srv/keys/id"));
    }

    @Test
    void deniedReadThatDoesNotExistMattersOnlyWhereItCouldBeMade() {
        FilePlan.Granted plan = granted(List.of("~/.netrc", "${workspace}/.env"), WORKSPACE, List.of(), PROJECT);
        assertEquals(
                List.of(new Placeholder(PROJECT + "/.env", true)), plan.view().placeholders());
        assertFalse(new MountModel(plan.view().asMounts().mounts()).writes(PROJECT + "/.env"));
    }

    @Test
    void wildcardsNameWhatIsThere() {
        tree.file(HOME + "/.config/gh/hosts.yml", UID, "").file(HOME + "/.config/hub/hosts.yml", UID, "");
        MountModel model = new MountModel(granted(List.of("~/.config/*/hosts.yml"), WORKSPACE, List.of(), PROJECT)
                .view()
                .asMounts()
                .mounts());
        assertFalse(model.readsHost(HOME + "/.config/gh/hosts.yml"));
        assertFalse(model.readsHost(HOME + "/.config/hub/hosts.yml"));
        assertTrue(model.readsHost(HOME + "/.config/gh/config.yml"));
    }

    @Test
    void refusesMorePathsThanItCanMask() {
        for (int i = 0; i <= PatternExpander.MAX_PATHS; i++) {
            tree.file(HOME + "/many/f" + i, UID, "");
        }
        assertEquals("path-limit", refused(List.of("~/many/*"), WORKSPACE, List.of(), PROJECT));
    }

    @Test
    void masksTheClosedDirectoryAboveWhatTheUserCannotReach() {
        tree.directory("/root", 0, 0700).file("/root/.ssh/id", 0, "");
        FilePlan.Granted plan = granted(List.of("/root/.ssh"), WORKSPACE, List.of(), PROJECT);
        assertTrue(plan.view().asMounts().mounts().contains(Mount.of(Mount.Kind.MASK_DIRECTORY, "/root")));
    }

    @Test
    void coversItsMarkWhicheverFolderTheSocketIsIn() {
        FileAccess elsewhere = new LinuxFileAccess(tree, List.of(Path.of(CORDON), Path.of("/srv/run")), live);
        tree.directory("/srv/run", 0);
        Mount mark = Mount.of(Mount.Kind.MASK_DIRECTORY, LinuxFileAccess.MARK);
        for (boolean enforced : List.of(true, false)) {
            FilePlan plan =
                    elsewhere.plan(new FileBoundary(enforced, List.of(), WORKSPACE, List.of()), ADA, PROJECT, false);
            List<Mount> mounts = mounts(plan);
            assertTrue(mounts.contains(mark));
            assertTrue(mounts.indexOf(mark) > mounts.indexOf(Mount.of(Mount.Kind.TMPFS, "/run")));
        }
    }

    private static final Principal ROOT = new Principal("root", new Account.Posix(0, 0, List.of(0)), "/root");
    private static final String COPILOT = "/etc/github-copilot";
    private static final String GEMINI = "/etc/gemini-cli";

    private static FileBoundary needing(boolean enforced, String... denied) {
        return new FileBoundary(enforced, List.of(denied), WORKSPACE, List.of()).withRootsSettings(true);
    }

    @Test
    void settingsThatAreOnlyTakenFromRootAreNotThereWhereRootIsNobody() {
        Mount hidden = Mount.of(Mount.Kind.TMPFS, COPILOT);
        assertFalse(granted(List.of(), WORKSPACE, List.of(), PROJECT)
                .view()
                .asMounts()
                .mounts()
                .contains(hidden));
        tree.file(COPILOT + "/managed-settings.json", 0, "{}").directory("/root/project", 0);
        for (boolean enforced : List.of(true, false)) {
            FileBoundary boundary = new FileBoundary(enforced, List.of(), WORKSPACE, List.of());
            assertTrue(mounts(files().plan(boundary, ADA, PROJECT, false)).contains(hidden));
            assertFalse(
                    mounts(files().plan(boundary, ROOT, "/root/project", false)).contains(hidden));
        }
        assertTrue(mounts(files().plan(needing(false), ADA, PROJECT, false)).contains(hidden), "in audit");
    }

    @Test
    void settingsOfRootAreSeenAsRootsByWhatNeedsThat() {
        tree.file(COPILOT + "/managed-settings.json", 0, "{}").directory("/root/project", 0);
        assertEquals(List.of(COPILOT), shown(needing(true), ADA, PROJECT));
        tree.file(GEMINI + "/settings.json", 0, "{}");
        assertEquals(List.of(GEMINI, COPILOT), shown(needing(true), ADA, PROJECT));
        assertEquals(List.of(), shown(needing(false), ADA, PROJECT), "in audit");
        assertEquals(List.of(), shown(needing(true), ROOT, "/root/project"), "it is root");
    }

    @Test
    void settingsOfRootThatThePolicyHidesAreNotShown() {
        tree.file(COPILOT + "/managed-settings.json", 0, "{}").file(GEMINI + "/settings.json", 0, "{}");
        assertEquals(List.of(COPILOT), shown(needing(true, GEMINI), ADA, PROJECT));
        assertEquals(List.of(COPILOT), shown(needing(true, GEMINI + "/settings.json"), ADA, PROJECT));
        assertEquals(List.of(), shown(needing(true, "/etc"), ADA, PROJECT));
    }

    private List<String> shown(FileBoundary boundary, Principal principal, String cwd) {
        return mounts(files().plan(boundary, principal, cwd, false)).stream()
                .filter(mount -> mount.kind() == Mount.Kind.ROOT_SETTINGS)
                .map(Mount::target)
                .toList();
    }

    private static List<Mount> mounts(FilePlan plan) {
        return assertInstanceOf(FilePlan.Granted.class, plan).view().asMounts().mounts();
    }

    @Test
    void auditOnlyCoversAMarkThatIsThere() {
        MemoryTree without = new MemoryTree()
                .directory("/run", 0)
                .directory(HOME, UID)
                .directory(PROJECT, UID)
                .directory("/srv/run", 0);
        FileAccess elsewhere = new LinuxFileAccess(without, List.of(Path.of("/srv/run")), live);
        FilePlan plan = elsewhere.plan(new FileBoundary(false, List.of(), List.of(), List.of()), ADA, PROJECT, false);
        List<Mount> mounts =
                assertInstanceOf(FilePlan.Granted.class, plan).view().asMounts().mounts();
        assertTrue(mounts.contains(Mount.of(Mount.Kind.MASK_DIRECTORY, "/srv/run")));
        assertFalse(mounts.contains(Mount.of(Mount.Kind.MASK_DIRECTORY, LinuxFileAccess.MARK)));
    }

    @Test
    void refusesRootsThatHoldCordonOrTheSystem() {
        assertEquals("root-holds-cordon", refused(List.of(), List.of("/var/lib/cordon"), List.of(), PROJECT));
        tree.directory("/srv/a/cordon", 0);
        FileAccess files = new LinuxFileAccess(tree, List.of(Path.of("/srv/a/cordon")), live);
        FileBoundary boundary = new FileBoundary(true, List.of(), List.of("/srv/a"), List.of());
        assertInstanceOf(FilePlan.Refused.class, files.plan(boundary, ADA, PROJECT, false));
        assertEquals("root-too-wide", refused(List.of(), List.of("/etc"), List.of(), PROJECT));
    }

    @Test
    void refusesRootThatIsALinkToHome() {
        tree.link(PROJECT + "/h", HOME);
        assertEquals("root-too-wide", refused(List.of(), List.of("${workspace}/h"), List.of(), PROJECT));
    }

    @Test
    void aRootThatDoesNotExistIsLeftOut() {
        FilePlan.Granted plan = granted(List.of(), List.of("~/.cache/pip"), List.of(), PROJECT);
        assertEquals(List.of(), plan.writableRoots());
    }

    @Test
    void aSecondRunSharesThePlaceholderOfTheFirst() {
        List<String> protect = List.of("${workspace}/.codex/rules");
        FilePlan.Granted first = granted(List.of(), WORKSPACE, protect, PROJECT);
        live.acquire(first.view().placeholders());
        tree.directory(PROJECT + "/.codex/rules", UID);
        FilePlan.Granted second = granted(List.of(), WORKSPACE, protect, PROJECT);
        assertEquals(first.view().placeholders(), second.view().placeholders());
        assertEquals(first.view().asMounts().mounts(), second.view().asMounts().mounts());
        live.release(first.view().placeholders());
        assertEquals(
                first.view().placeholders(),
                granted(List.of(), WORKSPACE, protect, PROJECT).view().placeholders(),
                "their removal may still be under way");
    }

    @Test
    void gitFileIsProtectedAndSoIsTheRepositoryItNamesIfWritable() {
        tree.file(HOME + "/linked/.git", UID, "gitdir: " + PROJECT + "/.git/worktrees/linked\n")
                .file(PROJECT + "/.git/worktrees/linked/commondir", UID, "../..\n");
        FilePlan.Granted plan = granted(
                List.of(), List.of("${workspace}", "~/project"), List.of("${workspace}/.git/hooks"), HOME + "/linked");
        MountModel model = new MountModel(plan.view().asMounts().mounts());
        assertFalse(model.writes(HOME + "/linked/.git"));
        assertFalse(model.writes(PROJECT + "/.git/hooks/post-checkout"));
        assertFalse(plan.notices().isEmpty());
    }

    @Test
    void homeUnderThePrivateTemporaryDirectoryStaysVisibleAndItsSecretsHidden() {
        tree.file("/tmp/eve/.ssh/id", UID, "").directory("/tmp/eve/work", UID);
        io.cordon.agent.os.Principal eve =
                new io.cordon.agent.os.Principal("eve", new Account.Posix(UID, UID, List.of()), "/tmp/eve");
        FileBoundary boundary = new FileBoundary(true, List.of("~/.ssh"), List.of("${workspace}", "${tmp}"), List.of());
        FilePlan.Granted plan =
                assertInstanceOf(FilePlan.Granted.class, files().plan(boundary, eve, "/tmp/eve/work", false));
        MountModel model = new MountModel(plan.view().asMounts().mounts());
        assertTrue(model.readsHost("/tmp/eve/notes"));
        assertFalse(model.writes("/tmp/eve/notes"));
        assertTrue(model.writesHost("/tmp/eve/work/x"));
        assertFalse(model.readsHost("/tmp/eve/.ssh/id"));
    }

    @Test
    void protectedPathsHoldInThePrivateTemporaryDirectoryToo() {
        MountModel model = new MountModel(granted(List.of(), List.of("${tmp}"), List.of("${tmp}/.git/hooks"), PROJECT)
                .view()
                .asMounts()
                .mounts());
        assertFalse(model.writes("/tmp/.git/hooks/x"));
        assertFalse(model.canBeRenamed("/tmp/.git"));
        assertTrue(model.writes("/tmp/other"));
    }

    @Test
    void nameResolutionStaysPossibleOnlyOnline() {
        tree.file("/run/systemd/resolve/stub-resolv.conf", 0, "")
                .link("/etc/resolv.conf", "../run/systemd/resolve/stub-resolv.conf");
        FileBoundary boundary = new FileBoundary(true, List.of(), WORKSPACE, List.of());
        Mount resolver = Mount.readOnly("/run/systemd/resolve/stub-resolv.conf");
        assertTrue(assertInstanceOf(FilePlan.Granted.class, files().plan(boundary, ADA, PROJECT, true))
                .view()
                .asMounts()
                .mounts()
                .contains(resolver));
        assertFalse(assertInstanceOf(FilePlan.Granted.class, files().plan(boundary, ADA, PROJECT, false))
                .view()
                .asMounts()
                .mounts()
                .contains(resolver));
    }

    @Test
    void refusesToRunInsideCordonsState() {
        assertEquals("cordon-state", refused(List.of(), WORKSPACE, List.of(), CORDON));
    }

    @Test
    void refusesAWorkingDirectoryThePolicyHides() {
        tree.directory(HOME + "/.ssh/keys", UID);
        assertEquals("read-deny", refused(List.of("~/.ssh"), WORKSPACE, List.of(), HOME + "/.ssh/keys"));
    }
}
