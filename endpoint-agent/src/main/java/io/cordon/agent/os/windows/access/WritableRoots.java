package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The writable roots of one run, found and checked. A root that does not exist is left out: making it is not the agent's to
 * do. The temporary folder alone is Cordon's, made when it is first needed.
 */
final class WritableRoots {
    private final WindowsProbe probe;
    private final WindowsPlaces places;
    private final String home;
    private final String tmp;
    private final List<String> hidden;
    /** Root as the policy names it → canonical root. */
    private final Map<String, String> byName = new LinkedHashMap<>();

    /** @param hidden Cordon's own directories, canonical */
    WritableRoots(WindowsProbe probe, WindowsPlaces places, String home, String tmp, List<String> hidden) {
        this.probe = probe;
        this.places = places;
        this.home = home;
        this.tmp = tmp;
        this.hidden = hidden;
    }

    /** Takes a root, anchors and wildcards replaced, as the policy names it. */
    void add(String named) {
        if (WindowsPaths.same(named, tmp)) {
            byName.put(named, tmp);
            return;
        }
        WindowsPlaces.requireOwnVolume(probe, named);
        requireNoLink(named);
        String canonical = probe.canonical(named);
        // A file cannot hold anything, and by itself cannot be replaced: it is no root.
        if (canonical != null && probe.kind(canonical) == WindowsProbe.Kind.DIRECTORY) {
            check(named, canonical);
            byName.put(named, canonical);
        }
    }

    /** What a link leads to can be changed under Cordon's hands, and is not what the policy's author saw. */
    private void requireNoLink(String named) {
        if (probe.kind(named) == WindowsProbe.Kind.REPARSE_POINT) {
            throw new CannotConfineException(
                    "root-reparse-point",
                    named + " is a link or mount point, so it cannot be writable; name the folder it leads to");
        }
    }

    private void check(String named, String canonical) {
        String shown = WindowsPaths.same(named, canonical) ? named : named + " (which is " + canonical + ")";
        WindowsPlaces.requireOwnVolume(probe, canonical);
        WindowsPlaces.Refusal refusal = places.refusal(canonical, home);
        if (refusal != null) {
            throw new CannotConfineException(
                    refusal.rule(), "the policy makes " + shown + " writable: " + refusal.reason());
        }
        for (String directory : hidden) {
            if (WindowsPaths.inside(directory, canonical) || WindowsPaths.inside(canonical, directory)) {
                throw new CannotConfineException(
                        "root-holds-cordon",
                        "the policy makes " + shown + " writable, which holds Cordon's own " + directory
                                + "; run from another folder or move Cordon's data");
            }
        }
    }

    /** Canonical roots, none inside another. */
    List<String> outermost() {
        return WindowsPaths.outermost(byName.values());
    }

    /** Takes out every root that lies in one of those paths. */
    void dropInside(Collection<String> paths) {
        byName.values().removeIf(root -> WindowsPaths.insideAny(root, paths));
    }

    /** The root that holds the canonical path; null when none does. */
    @Nullable
    String holding(String canonical) {
        return outermost().stream()
                .filter(root -> WindowsPaths.inside(canonical, root))
                .findFirst()
                .orElse(null);
    }

    /** The policy's name of the longest root that the named path lies in, with its canonical path; null when there is none. */
    Map.@Nullable Entry<String, String> nameHolding(String named) {
        Map.Entry<String, String> best = null;
        for (Map.Entry<String, String> root : byName.entrySet()) {
            boolean longer =
                    best == null || root.getKey().length() > best.getKey().length();
            if (longer && WindowsPaths.inside(named, root.getKey())) {
                best = root;
            }
        }
        return best;
    }

    /** Each root with those of the paths that it holds. */
    Map<String, List<String>> holdings(Collection<String> paths) {
        Map<String, List<String>> held = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        outermost().forEach(root -> held.put(root, new ArrayList<>()));
        for (String path : paths) {
            String root = holding(path);
            if (root != null) {
                held.computeIfAbsent(root, any -> new ArrayList<>()).add(path);
            }
        }
        return held;
    }
}
