package io.cordon.agent.os.linux;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Works out what keeps single paths inside writable roots out of the run's reach: what is mounted over, what has to be made
 * first because it does not exist, and which directories on the way are held so that they cannot be renamed from under it.
 */
final class Protections {
    static final int MAX_PLACEHOLDERS = 64;

    /** Protected names that are files; any other missing name is made as a directory, which Git does not notice. */
    private static final Set<String> FILES = Set.of(
            "config",
            "config.worktree",
            "HEAD",
            ".gitconfig",
            ".gitmodules",
            ".npmrc",
            ".netrc",
            ".pypirc",
            ".bashrc",
            ".bash_profile",
            ".profile",
            ".zshrc",
            ".mcp.json");

    private final FileProbe probe;
    private final WritableRoots roots;
    private final String tmp;
    private final Predicate<String> livePlaceholder;

    private final TreeSet<String> readOnly = new TreeSet<>();
    private final TreeSet<String> held = new TreeSet<>();
    private final TreeMap<String, Placeholder> placeholders = new TreeMap<>();
    private final TreeSet<String> tmpTargets = new TreeSet<>();

    Protections(FileProbe probe, WritableRoots roots, String tmp, Predicate<String> livePlaceholder) {
        this.probe = probe;
        this.roots = roots;
        this.tmp = tmp;
        this.livePlaceholder = livePlaceholder;
    }

    /** Makes a path read-only; the policy's name of it, anchors replaced. */
    void protect(String named) {
        String rootName = roots.nameHolding(named);
        if (rootName == null) {
            protectByPlace(named);
            return;
        }
        String base = roots.canonicalOf(rootName);
        String below = Paths.below(named, rootName);
        if (base.equals(tmp)) {
            tmpTargets.add(Paths.join(tmp, below));
            return;
        }
        String outer = roots.holding(base, tmp);
        guard(outer == null ? base : outer, base, below, named);
    }

    /** A path below no root as the policy names it; by way of links it may still lie in one, or hold one. */
    private void protectByPlace(String named) {
        Place place = place(named);
        String root = roots.holding(place.existing(), tmp);
        if (root != null) {
            String below = Paths.below(place.existing(), root);
            String rest = below.isEmpty() || place.missing().isEmpty()
                    ? below + place.missing()
                    : below + "/" + place.missing();
            guard(root, root, rest, named);
        } else if (place.missing().isEmpty()) {
            roots.mounted(tmp).stream()
                    .filter(inner -> Paths.inside(inner, place.existing()))
                    .forEach(readOnly::add);
        }
    }

    /** Where a path leads: the canonical part that exists, and what is missing below it. */
    record Place(String existing, String missing) {}

    Place place(String named) {
        String at = named;
        String missing = "";
        while (true) {
            String canonical = probe.canonical(at);
            if (canonical != null) {
                return new Place(canonical, missing);
            }
            missing = missing.isEmpty() ? Paths.name(at) : Paths.name(at) + "/" + missing;
            at = Paths.parent(at);
        }
    }

    private void guard(String root, String from, String rest, String named) {
        End end = walk(root, from, rest, named, true);
        readOnly.add(end.path());
    }

    /**
     * Where a walk ended.
     *
     * @param made whether it does not exist but for the sake of runs
     */
    record End(String path, boolean made) {}

    /**
     * Walks from an existing directory inside the root down the rest of a path, component by component without following links.
     * What is missing on the way becomes a placeholder, and every directory on the way is held.
     *
     * @param files whether the end may be made as a file, if its name looks like one
     */
    End walk(String root, String from, String rest, String named, boolean files) {
        String at = from;
        boolean made = false;
        List<String> components = Paths.components(rest);
        for (int i = 0; i < components.size(); i++) {
            at = Paths.join(at, components.get(i));
            FileProbe.Kind kind = probe.stat(at).kind();
            boolean last = i == components.size() - 1;
            if (kind == FileProbe.Kind.LINK) {
                throw new CannotConfineException(
                        "protected-link",
                        at + " is a symbolic link on the path " + named + " that the policy closes, so what it leads to"
                                + " cannot be kept closed; replace it by what it points to");
            }
            made = kind == FileProbe.Kind.MISSING || (livePlaceholder.test(at) && !isRepository(at));
            if (made) {
                boolean file = kind == FileProbe.Kind.MISSING
                        ? last && files && looksLikeFile(at)
                        : kind != FileProbe.Kind.DIRECTORY;
                placeholder(at, !file);
                // Half a repository is worse than none: without one, it is closed as a whole.
                if (file || components.get(i).equals(".git")) {
                    break;
                }
            } else if (!last && kind != FileProbe.Kind.DIRECTORY) {
                if (components.get(i).equals(".git")) {
                    guardRepository(at, components.subList(i + 1, components.size()));
                }
                break;
            }
        }
        held.addAll(Paths.between(root, at));
        return new End(at, made);
    }

    /** A repository made outside while a placeholder stood there, or just after, is not ours any more. */
    private boolean isRepository(String path) {
        return Paths.name(path).equals(".git") && probe.names(path, 0) == null;
    }

    /**
     * {@code .git} is a file in linked work trees and submodules and names the repository. If that lies in a writable root too,
     * the same names are protected there.
     */
    private void guardRepository(String gitFile, List<String> rest) {
        String line = probe.firstLine(gitFile);
        if (!line.startsWith("gitdir:")) {
            return;
        }
        String repository = absolute(
                Paths.parent(gitFile), line.substring("gitdir:".length()).strip());
        List<String> places = new ArrayList<>(List.of(repository));
        String common = probe.firstLine(Paths.join(repository, "commondir")).strip();
        if (!common.isEmpty()) {
            places.add(absolute(repository, common));
        }
        for (String place : places) {
            String canonical = probe.canonical(place);
            String root = canonical == null ? null : roots.holding(canonical, tmp);
            if (canonical != null && root != null) {
                guard(root, canonical, String.join("/", rest), canonical + "/" + String.join("/", rest));
            }
        }
    }

    private static String absolute(String base, String path) {
        return java.nio.file.Path.of(base).resolve(path).normalize().toString();
    }

    private static boolean looksLikeFile(String path) {
        String name = Paths.name(path);
        return FILES.contains(name) || name.indexOf('.', 1) > 0;
    }

    private void placeholder(String path, boolean directory) {
        placeholders.put(path, new Placeholder(path, directory));
        if (placeholders.size() > MAX_PLACEHOLDERS) {
            throw new CannotConfineException(
                    "placeholder-limit",
                    "more than " + MAX_PLACEHOLDERS
                            + " protected paths do not exist here; create them or shorten the list");
        }
    }

    /** Holds the directories between a root and a path in it. */
    void hold(String root, String path) {
        held.addAll(Paths.between(root, path));
    }

    /** What is mounted read-only, without what lies inside another such path. */
    List<String> readOnly() {
        return outermost(readOnly);
    }

    /** Directories bound onto themselves; none inside a read-only path, which it would open again. */
    List<String> held() {
        return held.stream()
                .filter(path -> !Paths.insideAny(path, readOnly.stream()))
                .filter(path -> !roots.mounted(tmp).contains(path))
                .toList();
    }

    /** Parents before children. */
    List<Placeholder> placeholders() {
        return List.copyOf(placeholders.values());
    }

    /** Protected paths in the private temporary directory, where nothing exists yet. */
    List<String> tmpTargets() {
        return outermost(tmpTargets);
    }

    static List<String> outermost(TreeSet<String> paths) {
        return paths.stream()
                .filter(path -> paths.stream().noneMatch(other -> !other.equals(path) && Paths.inside(path, other)))
                .toList();
    }
}
