package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link FileAccess} promises; the machine under it has a user with a home, a project and a secret in it. */
public abstract class FileAccessContract {
    protected static final String HOME = "/home/ada";
    protected static final String PROJECT = HOME + "/project";
    protected static final String CORDON = "/var/lib/cordon";
    protected static final Principal ADA = new Principal("ada", new Account.Posix(1000, 1000, List.of(1000)), HOME);

    protected String home() {
        return HOME;
    }

    protected String project() {
        return PROJECT;
    }

    protected String cordon() {
        return CORDON;
    }

    protected Principal ada() {
        return ADA;
    }

    /**
     * Over {@link #home()} with {@code .ssh/id}, {@link #project()} with {@code .git/hooks} and {@code src}, and
     * {@link #cordon()}.
     */
    protected abstract FileAccess files();

    private FilePlan.Granted granted(FileBoundary boundary, String cwd) {
        return assertInstanceOf(FilePlan.Granted.class, files().plan(boundary, ada(), cwd, false));
    }

    /** What the view comes to on that system, once everything it asks for is set up. */
    protected FileModel model(FileView view) {
        return new MountModel(view.asMounts().mounts());
    }

    /** A path as that system writes it, from one with slashes. */
    protected String path(String slashes) {
        return slashes;
    }

    /** A file of the system that everybody reads. */
    protected String systemFile() {
        return "/etc/hosts";
    }

    /** Roots, as a policy writes them, that hold a home or the system. */
    protected List<String> tooWide() {
        return List.of("~", "/", "/home");
    }

    private FileModel model(FileBoundary boundary, String cwd) {
        return model(granted(boundary, cwd).view());
    }

    private static final FileBoundary USUAL = new FileBoundary(
            true, List.of("~/.ssh"), List.of("${workspace}", "${tmp}"), List.of("${workspace}/.git/hooks"));

    @Test
    void workspaceIsWritableAndNothingElse() {
        FileModel model = model(USUAL, project());
        assertTrue(model.writesHost(path(project() + "/src/Main.java")));
        assertFalse(model.writesHost(path(home() + "/notes")));
        assertFalse(model.writesHost(systemFile()));
        assertTrue(model.readsHost(systemFile()));
    }

    @Test
    void protectedPathIsReadableAndNotWritable() {
        FileModel model = model(USUAL, project());
        assertTrue(model.readsHost(path(project() + "/.git/hooks/pre-commit")));
        assertFalse(model.writes(path(project() + "/.git/hooks/pre-commit")));
    }

    @Test
    void deniedReadIsHidden() {
        assertFalse(model(USUAL, project()).readsHost(path(home() + "/.ssh/id")));
    }

    @Test
    void deniedReadWinsOverWritableRoot() {
        FileBoundary boundary = new FileBoundary(
                true, List.of("${workspace}/src"), List.of("${workspace}", "${workspace}/src"), List.of());
        FileModel model = model(boundary, project());
        assertFalse(model.readsHost(path(project() + "/src/Main.java")));
        assertFalse(model.writesHost(path(project() + "/src/Main.java")));
    }

    @Test
    void cordonsOwnStateIsHiddenEvenInAudit() {
        assertFalse(model(USUAL, project()).readsHost(path(cordon() + "/identity/key.pem")));
        FileModel audit = model(new FileBoundary(false, List.of("~/.ssh"), List.of(), List.of()), project());
        assertFalse(audit.readsHost(path(cordon() + "/identity/key.pem")));
        assertFalse(audit.writes(path(cordon() + "/identity/key.pem")));
        assertTrue(audit.writesHost(path(home() + "/.ssh/id")));
    }

    @Test
    void temporaryDirectoryIsPrivate() {
        FileModel model = model(USUAL, project());
        String path = path(files().temporaryDirectory(ada()) + "/x");
        assertTrue(model.writes(path));
        assertTrue(model.isPrivate(path));
    }

    @Test
    void refusesToMakeAHomeOrTheRootWritable() {
        for (String root : tooWide()) {
            FileBoundary boundary = new FileBoundary(true, List.of(), List.of(root), List.of());
            assertInstanceOf(FilePlan.Refused.class, files().plan(boundary, ada(), project(), false), root);
        }
    }

    @Test
    void homeIsNoWorkspace() {
        FilePlan.Granted plan = granted(USUAL, home());
        assertEquals(null, plan.workspace());
        assertFalse(model(plan.view()).writesHost(path(home() + "/anything")));
    }
}
