package io.cordon.agent.os.linux;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.Mount;
import io.cordon.agent.os.Principal;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Works out what is laid over paths that must not be read. */
final class Masks {
    private final FileProbe probe;
    private final WritableRoots roots;
    private final Protections protections;
    private final Principal principal;
    private final String home;
    private final String tmp;
    private final List<String> privateDirectories;
    private final TreeMap<String, Mount.Kind> masks = new TreeMap<>();
    private final TreeSet<String> tmpTargets = new TreeSet<>();

    Masks(
            FileProbe probe,
            WritableRoots roots,
            Protections protections,
            Principal principal,
            String home,
            String tmp,
            List<String> privateDirectories) {
        this.probe = probe;
        this.roots = roots;
        this.protections = protections;
        this.principal = principal;
        this.home = home;
        this.tmp = tmp;
        this.privateDirectories = privateDirectories;
    }

    /** Masks a path as the policy names it, where it leads now. What does not exist needs a mask only where it could be made. */
    void deny(String named) {
        if (named.equals("/")) {
            throw new CannotConfineException(
                    "read-deny-all", "the policy denies reading /, under which nothing can run; name folders instead");
        }
        if (Paths.inside(named, "/proc")) {
            // The run has a process file system of its own; other processes are not in it.
            return;
        }
        if (unseen(named) && roots.privateTmp() && Paths.inside(named, tmp)) {
            tmpTargets.add(named);
        }
        Protections.Place place = protections.place(named);
        if (unseen(place.existing())) {
            return;
        }
        String root = roots.holding(place.existing(), tmp);
        if (root == null) {
            if (place.missing().isEmpty()) {
                maskExisting(place.existing(), null);
            }
            return;
        }
        String below = Paths.below(place.existing(), root);
        String rest =
                below.isEmpty() || place.missing().isEmpty() ? below + place.missing() : below + "/" + place.missing();
        Protections.End end = protections.walk(root, root, rest, named, false);
        if (end.made()) {
            boolean file = probe.stat(end.path()).kind() == FileProbe.Kind.FILE;
            masks.put(end.path(), file ? Mount.Kind.MASK_FILE : Mount.Kind.MASK_DIRECTORY);
        } else {
            maskExisting(end.path(), root);
        }
    }

    private void maskExisting(String path, @Nullable String root) {
        String closed = Reach.firstClosed(probe, principal, path);
        String target = closed == null ? path : closed;
        boolean directory = probe.stat(target).kind() == FileProbe.Kind.DIRECTORY;
        masks.put(target, directory ? Mount.Kind.MASK_DIRECTORY : Mount.Kind.MASK_FILE);
        if (root != null) {
            protections.hold(root, target);
        }
    }

    /** Whether the run's own empty directories stand where the path would be. */
    private boolean unseen(String path) {
        return Paths.insideAny(path, privateDirectories.stream())
                && !Paths.inside(path, home)
                && roots.holding(path, tmp) == null;
    }

    /** What to lay over which path. */
    TreeMap<String, Mount.Kind> found() {
        return masks;
    }

    /** Denied paths in the private temporary directory. */
    TreeSet<String> tmpTargets() {
        return tmpTargets;
    }

    /** Whether something of the folder, or all of it, is hidden. */
    boolean touches(String folder) {
        return hides(folder) || masks.keySet().stream().anyMatch(path -> Paths.inside(path, folder));
    }

    boolean hides(String path) {
        return Paths.insideAny(path, masks.keySet().stream());
    }
}
