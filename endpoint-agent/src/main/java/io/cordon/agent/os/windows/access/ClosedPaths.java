package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.CannotConfineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works out which paths inside and outside the roots are closed, by walking to them without following links. */
final class ClosedPaths {
    private final WindowsProbe probe;
    private final WritableRoots roots;
    private final Map<String, String> protectedPaths = new LinkedHashMap<>();
    private final Map<String, String> denied = new LinkedHashMap<>();

    ClosedPaths(WindowsProbe probe, WritableRoots roots) {
        this.probe = probe;
        this.roots = roots;
    }

    /** Makes a path read-only; the policy's name of it, anchors replaced. */
    void protect(String named) {
        Map.Entry<String, String> root = roots.nameHolding(named);
        if (root != null) {
            put(protectedPaths, walk(root.getValue(), WindowsPaths.below(named, root.getKey()), named, true));
            return;
        }
        // Below no root as the policy names it; by another name it may still lie in one, or hold one.
        Place place = place(named);
        if (roots.holding(place.existing()) != null) {
            put(protectedPaths, walk(place.existing(), place.missing(), named, true));
        } else if (place.missing().isEmpty()) {
            put(protectedPaths, place.existing());
        }
    }

    /** Closes a path to reading as well, where it is and where it leads. What is missing matters only where it could be made. */
    void deny(String named) {
        if (WindowsPaths.isDriveRoot(named)) {
            throw new CannotConfineException(
                    "read-deny-all",
                    "the policy denies reading " + named + ", under which nothing can run; name folders instead");
        }
        Place place = place(named);
        Map.Entry<String, String> root = roots.nameHolding(named);
        if (root != null) {
            put(denied, walk(root.getValue(), WindowsPaths.below(named, root.getKey()), named, false));
        } else if (roots.holding(place.existing()) != null) {
            put(denied, walk(place.existing(), place.missing(), named, false));
        } else if (place.missing().isEmpty()) {
            put(denied, place.existing());
            if (!WindowsPaths.same(named, place.existing())) {
                put(denied, named);
            }
        }
    }

    private static void put(Map<String, String> paths, String path) {
        if (WindowsPlaces.isPackaged(path)) {
            throw new CannotConfineException(
                    "appx-folder",
                    "the policy closes " + path + ", which holds packaged apps that Windows repairs when their entries"
                            + " change; name another folder");
        }
        paths.putIfAbsent(WindowsPaths.key(path), path);
    }

    /** Where a path leads: the canonical part that exists, and what is missing below it. */
    private record Place(String existing, String missing) {}

    private Place place(String named) {
        String at = named;
        String missing = "";
        while (true) {
            String canonical = probe.canonical(at);
            if (canonical != null) {
                return new Place(canonical, missing);
            }
            if (WindowsPaths.isDriveRoot(at)) {
                return new Place(at, missing);
            }
            missing = missing.isEmpty() ? WindowsPaths.name(at) : WindowsPaths.name(at) + "\\" + missing;
            at = WindowsPaths.parent(at);
        }
    }

    /** The path that has to be closed for the sake of the named one: it, or a repository that is not there as a whole. */
    private String walk(String from, String rest, String named, boolean writes) {
        String at = from;
        List<String> components = WindowsPaths.components(rest);
        for (int i = 0; i < components.size(); i++) {
            at = WindowsPaths.join(at, components.get(i));
            boolean last = i == components.size() - 1;
            boolean git = components.get(i).equalsIgnoreCase(".git");
            switch (probe.kind(at)) {
                case REPARSE_POINT ->
                    throw new CannotConfineException(
                            "protected-link",
                            at + " is a link on the path " + named
                                    + " that the policy closes, so what it leads to cannot be"
                                    + " kept closed; replace it by what it points to");
                case MISSING -> {
                    // Half a repository is worse than none: without one, it is closed as a whole.
                    if (git) {
                        return at;
                    }
                }
                case FILE -> {
                    if (git && writes && !last) {
                        guardRepository(at, String.join("\\", components.subList(i + 1, components.size())));
                    }
                    return at;
                }
                case DIRECTORY -> {
                    String canonical = probe.canonical(at);
                    at = canonical == null ? at : canonical;
                }
            }
        }
        return at;
    }

    /**
     * {@code .git} is a file in linked work trees and submodules and names the repository. If that lies in a writable root too,
     * the same names are protected there.
     */
    private void guardRepository(String gitFile, String rest) {
        String line = probe.firstLine(gitFile);
        if (!line.startsWith("gitdir:")) {
            return;
        }
        String repository = absolute(
                WindowsPaths.parent(gitFile), line.substring("gitdir:".length()).strip());
        guardAt(repository, rest);
        String common = repository == null
                ? ""
                : probe.firstLine(WindowsPaths.join(repository, "commondir")).strip();
        if (!common.isEmpty() && repository != null) {
            guardAt(absolute(repository, common), rest);
        }
    }

    private void guardAt(@Nullable String repository, String rest) {
        String canonical = repository == null ? null : probe.canonical(repository);
        if (canonical != null && roots.holding(canonical) != null) {
            put(protectedPaths, walk(canonical, rest, canonical + "\\" + rest, false));
        }
    }

    private static @Nullable String absolute(String base, String path) {
        PathForm form = PathForm.of(path);
        PathForm joined = form instanceof PathForm.Local ? form : PathForm.of(base + "\\" + path);
        return joined instanceof PathForm.Local local ? local.path() : null;
    }

    /** Read-only paths, none inside another. */
    List<String> protectedPaths() {
        return WindowsPaths.outermost(protectedPaths.values());
    }

    /** Paths that must not be read, none inside another. */
    List<String> denied() {
        return WindowsPaths.outermost(denied.values());
    }
}
