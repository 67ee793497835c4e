package io.cordon.agent.os.linux;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The writable roots of one run, found and checked. A root that does not exist is left out: making it is not the agent's to
 * do.
 */
final class WritableRoots {
    private final FileProbe probe;
    private final List<String> hidden;
    /** Root as the policy names it → canonical root. */
    private final Map<String, String> byName = new LinkedHashMap<>();

    private boolean privateTmp;

    private WritableRoots(FileProbe probe, List<String> hidden) {
        this.probe = probe;
        this.hidden = hidden;
    }

    /**
     * @param named roots with anchors and wildcards replaced
     * @param hidden Cordon's own directories, canonical
     */
    static WritableRoots of(
            FileProbe probe, List<String> named, String tmp, Principal principal, String home, List<String> hidden) {
        WritableRoots roots = new WritableRoots(probe, hidden);
        for (String root : named) {
            if (root.equals(tmp)) {
                roots.privateTmp = true;
                roots.byName.put(root, root);
                continue;
            }
            String canonical = probe.canonical(root);
            if (canonical != null && roots.reachable(canonical, principal)) {
                roots.check(root, canonical, home);
                roots.byName.put(root, canonical);
            }
        }
        return roots;
    }

    private void check(String root, String canonical, String home) {
        String shown = root.equals(canonical) ? root : root + " (which is " + canonical + ")";
        if (!WorkspaceFinder.canBeWork(canonical, home)) {
            throw new CannotConfineException(
                    "root-too-wide",
                    "the policy makes " + shown + " writable, which is a home, the system or contains them;"
                            + " name a folder inside it");
        }
        for (String directory : hidden) {
            if (Paths.inside(directory, canonical) || Paths.inside(canonical, directory)) {
                throw new CannotConfineException(
                        "root-holds-cordon",
                        "the policy makes " + shown + " writable, which holds Cordon's own " + directory
                                + "; run from another folder or move Cordon's data");
            }
        }
    }

    /** Whether the principal can pass every directory on the way; a root it cannot pass could not be mounted. */
    private boolean reachable(String canonical, Principal principal) {
        return Reach.firstClosed(probe, principal, canonical) == null;
    }

    /** Whether the private temporary directory is one of the roots. */
    boolean privateTmp() {
        return privateTmp;
    }

    /** Canonical roots on the real file system, parents before children, each once. */
    List<String> mounted(String tmp) {
        TreeSet<String> sorted = new TreeSet<>(byName.values());
        sorted.remove(tmp);
        return new ArrayList<>(sorted);
    }

    /** All roots, the private one among them. */
    List<String> all() {
        return new ArrayList<>(new TreeSet<>(byName.values()));
    }

    /** The outermost root on the real file system that holds the canonical path; null when none does. */
    @Nullable
    String holding(String canonical, String tmp) {
        for (String root : mounted(tmp)) {
            if (Paths.inside(canonical, root)) {
                return root;
            }
        }
        return null;
    }

    /** The policy's name of the longest root that the named path lies in; null when there is none. */
    @Nullable
    String nameHolding(String named) {
        String best = null;
        for (String name : byName.keySet()) {
            if (Paths.inside(named, name) && (best == null || name.length() > best.length())) {
                best = name;
            }
        }
        return best;
    }

    String canonicalOf(String name) {
        String canonical = byName.get(name);
        if (canonical == null) {
            throw new IllegalArgumentException(name + ": not a root");
        }
        return canonical;
    }
}
