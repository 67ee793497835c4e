package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file boundary as roots, protected paths and denied paths for access control entries. Narrower than the policy where
 * Windows leaves no other way: what a root's folder or a folder on the way to a closed path is called cannot be changed, a
 * missing repository is closed as a whole, and of the developer's profile only what a run works in can be read.
 */
public final class WindowsFileAccess implements FileAccess {
    private final WindowsProbe probe;
    private final WindowsPlaces places;
    private final List<String> hidden;
    private final String temporary;
    private final WorkspaceFinder workspaces;

    /**
     * @param hidden Cordon's data directories
     * @param temporary the folder that holds a private temporary folder for each developer, named by SID. It may lie in a hidden
     *     one: its own entries are protected from those above.
     */
    public WindowsFileAccess(WindowsProbe probe, WindowsPlaces places, List<String> hidden, String temporary) {
        this.probe = probe;
        this.places = places;
        this.hidden = List.copyOf(hidden);
        this.temporary = temporary;
        this.workspaces = new WorkspaceFinder(probe, places);
    }

    /** The private folder of that developer's runs, whichever sandbox account they have. */
    @Override
    public String temporaryDirectory(Principal principal) {
        return WindowsPaths.join(temporary, principal.account().id());
    }

    @Override
    public @Nullable String workspace(Principal principal, String cwd) {
        try {
            String at = canonicalFolder(cwd);
            return workspaces.find(principal, home(principal), at);
        } catch (CannotConfineException | WindowsProbe.UnreadableException e) {
            return null;
        }
    }

    private String home(Principal principal) {
        String canonical = probe.canonical(principal.home());
        return canonical == null ? principal.home() : canonical;
    }

    @Override
    public FilePlan plan(FileBoundary boundary, Principal principal, String cwd, boolean online) {
        try {
            places.requireConfinable();
            String at = canonicalFolder(cwd);
            List<String> own = canonicalHidden();
            if (WindowsPaths.insideAny(at, own) && !WindowsPaths.inside(at, temporaryDirectory(principal))) {
                throw new CannotConfineException("cordon-state", "nothing runs inside Cordon's own directory " + at);
            }
            return boundary.enforced() ? enforced(boundary, principal, at, own) : audited(principal, at, own);
        } catch (CannotConfineException e) {
            return new FilePlan.Refused(e.rule(), e.reason());
        } catch (WindowsProbe.UnreadableException e) {
            return new FilePlan.Refused("unreadable", String.valueOf(e.getMessage()));
        }
    }

    private String canonicalFolder(String cwd) {
        PathForm form = PathForm.of(cwd);
        if (form instanceof PathForm.Refused refused) {
            throw new CannotConfineException(refused.rule(), "working directory " + refused.reason());
        }
        String path = ((PathForm.Local) form).path();
        WindowsPlaces.requireOwnVolume(probe, path);
        String canonical = probe.canonical(path);
        if (canonical == null || probe.kind(canonical) != WindowsProbe.Kind.DIRECTORY) {
            throw new CannotConfineException(
                    "working-directory", "the working directory " + path + " is no folder; change to another one");
        }
        WindowsPlaces.requireOwnVolume(probe, canonical);
        return canonical;
    }

    private List<String> canonicalHidden() {
        return hidden.stream()
                .map(directory -> {
                    String canonical = probe.canonical(directory);
                    return canonical == null ? directory : canonical;
                })
                .toList();
    }

    /** Audit: the caller's own account and rights; Cordon's state is closed by its own entries. */
    private FilePlan audited(Principal principal, String cwd, List<String> own) {
        return new FilePlan.Granted(
                workspace(principal, cwd),
                List.of(WindowsPaths.driveRoot(cwd)),
                new FileView.Acls(false, List.of(), own),
                List.of());
    }

    private FilePlan enforced(FileBoundary boundary, Principal principal, String cwd, List<String> own) {
        String home = home(principal);
        String tmp = temporaryDirectory(principal);
        String workspace = workspaces.find(principal, home, cwd);
        PatternExpander expander = new PatternExpander(probe, home, workspace, tmp);
        WritableRoots roots = new WritableRoots(probe, places, home, tmp, own);
        expander.expand(boundary.writableRoots()).forEach(roots::add);

        ClosedPaths closed = new ClosedPaths(probe, roots);
        expander.expand(boundary.protectedPaths()).forEach(closed::protect);
        expander.expand(boundary.deniedReads()).forEach(closed::deny);
        requireClosable(closed);
        if (WindowsPaths.insideAny(cwd, closed.denied())) {
            throw new CannotConfineException("read-deny", "the policy hides the working directory " + cwd);
        }
        roots.dropInside(closed.denied());
        roots.dropInside(closed.protectedPaths());

        List<String> denied = new ArrayList<>(own);
        denied.addAll(closed.denied());
        List<FileView.Root> granted = new ArrayList<>();
        roots.holdings(closed.protectedPaths()).forEach((root, paths) -> granted.add(new FileView.Root(root, paths)));
        List<String> entered = roots.holding(cwd) == null ? List.of(cwd) : List.of();
        return new FilePlan.Granted(
                workspace,
                roots.outermost(),
                new FileView.Acls(true, granted, WindowsPaths.outermost(denied), entered),
                notices(boundary, workspace, home, cwd, roots));
    }

    /** What belongs to Windows cannot be given entries: it is repaired, and owned by its installer. */
    private void requireClosable(ClosedPaths closed) {
        for (String path : closed.denied()) {
            if (WindowsPaths.inside(path, places.windows()) || WindowsPaths.inside(places.windows(), path)) {
                throw new CannotConfineException(
                        "denied-windows-folder",
                        "the policy denies reading " + path + ", which belongs to Windows; name other folders");
            }
        }
    }

    private List<String> notices(
            FileBoundary boundary, @Nullable String workspace, String home, String cwd, WritableRoots roots) {
        List<String> notices = new ArrayList<>();
        boolean wanted = boundary.writableRoots().stream().anyMatch(root -> root.startsWith("${workspace}"));
        if (workspace == null && wanted) {
            notices.add("no writable workspace: " + cwd
                    + " is a profile, the system or contains them; change to a project folder to write");
        }
        if (workspace != null && probe.kind(WindowsPaths.join(workspace, ".git")) == WindowsProbe.Kind.FILE) {
            notices.add("this is a linked work tree: its repository lies outside the workspace and stays read-only");
        }
        for (String root : roots.outermost()) {
            if (WindowsPlaces.isTopOfProfile(root, home)) {
                notices.add(root + " lies directly in the profile: the first run in it can take long; a folder further"
                        + " down is faster");
            }
        }
        return notices;
    }
}
