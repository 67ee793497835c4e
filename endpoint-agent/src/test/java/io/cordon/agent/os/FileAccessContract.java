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

    private MountModel model(FileBoundary boundary, String cwd) {
        return new MountModel(granted(boundary, cwd).view().asMounts().mounts());
    }

    private static final FileBoundary USUAL = new FileBoundary(
            true, List.of("~/.ssh"), List.of("${workspace}", "${tmp}"), List.of("${workspace}/.git/hooks"));

    @Test
    void workspaceIsWritableAndNothingElse() {
        MountModel model = model(USUAL, project());
        assertTrue(model.writesHost(project() + "/src/Main.java"));
        assertFalse(model.writesHost(home() + "/notes"));
        assertFalse(model.writesHost("/etc/hosts"));
        assertTrue(model.readsHost("/etc/hosts"));
    }

    @Test
    void protectedPathIsReadableAndNotWritable() {
        MountModel model = model(USUAL, project());
        assertTrue(model.readsHost(project() + "/.git/hooks/pre-commit"));
        assertFalse(model.writes(project() + "/.git/hooks/pre-commit"));
    }

    @Test
    void deniedReadIsHidden() {
        assertFalse(model(USUAL, project()).readsHost(home() + "/.ssh/id"));
    }

    @Test
    void deniedReadWinsOverWritableRoot() {
        FileBoundary boundary = new FileBoundary(
                true, List.of("${workspace}/src"), List.of("${workspace}", "${workspace}/src"), List.of());
        MountModel model = model(boundary, project());
        assertFalse(model.readsHost(project() + "/src/Main.java"));
        assertFalse(model.writesHost(project() + "/src/Main.java"));
    }

    @Test
    void cordonsOwnStateIsHiddenEvenInAudit() {
        assertFalse(model(USUAL, project()).readsHost(cordon() + "/identity/key.pem"));
        MountModel audit = model(new FileBoundary(false, List.of("~/.ssh"), List.of(), List.of()), project());
        assertFalse(audit.readsHost(cordon() + "/identity/key.pem"));
        assertFalse(audit.writes(cordon() + "/identity/key.pem"));
        assertTrue(audit.writesHost(home() + "/.ssh/id"));
    }

    @Test
    void temporaryDirectoryIsPrivate() {
        MountModel model = model(USUAL, project());
        String path = files().temporaryDirectory(ada()) + "/x";
        assertTrue(model.writes(path));
        assertFalse(model.writesHost(path));
        assertFalse(model.readsHost(path));
    }

    @Test
    void refusesToMakeAHomeOrTheRootWritable() {
        for (String root : List.of("~", "/", "/home")) {
            FileBoundary boundary = new FileBoundary(true, List.of(), List.of(root), List.of());
            assertInstanceOf(FilePlan.Refused.class, files().plan(boundary, ada(), project(), false), root);
        }
    }

    @Test
    void homeIsNoWorkspace() {
        FilePlan.Granted plan = granted(USUAL, home());
        assertEquals(null, plan.workspace());
        assertFalse(new MountModel(plan.view().asMounts().mounts()).writesHost(home() + "/anything"));
    }
}
