package io.cordon.agent.os.linux;

import io.cordon.agent.os.CannotConfineException;
import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Mount;
import io.cordon.agent.os.Principal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The file boundary as a list of mounts for bubblewrap. Everything is read-only, then private directories, then writable
 * roots, then what is protected in them, then what is hidden: a later step wins, so the order of the steps is the order of
 * precedence.
 */
public final class LinuxFileAccess implements FileAccess {
    /** The private temporary directory; what <code>${tmp}</code> stands for. */
    public static final String TMP = "/tmp";

    private static final List<String> PRIVATE = List.of("/dev/shm", "/run", "/tmp", "/var/tmp");
    /** A live system profile (NixOS) lives in /run and programs are found through it. */
    private static final String SYSTEM_PROFILE = "/run/current-system";

    /**
     * Covered whichever folder the agent's socket is in: {@code cordon} inside knows its boundary by it (launcher/inside_linux.c).
     */
    static final String MARK = "/run/cordon";

    /**
     * Settings that their agents (Gemini CLI 0.61, Copilot CLI 1.0.102) only take from root: within a user namespace of the
     * caller, root's files are nobody's.
     */
    static final List<String> ROOTS_SETTINGS = List.of("/etc/gemini-cli", "/etc/github-copilot");

    /** Of these, those over which their agent locks itself down when they are somebody else's. */
    private static final String LOCKING = "/etc/github-copilot";

    private static final String RESOLVER = "/etc/resolv.conf";

    private final FileProbe probe;
    private final List<String> hidden;
    private final Predicate<String> livePlaceholder;
    private final WorkspaceFinder workspaces;

    /**
     * @param hidden Cordon's data and runtime directories
     * @param livePlaceholder whether a path exists only because a run that is still going needed it
     */
    public LinuxFileAccess(FileProbe probe, List<Path> hidden, Predicate<String> livePlaceholder) {
        this.probe = probe;
        this.hidden = hidden.stream().map(Path::toString).toList();
        this.livePlaceholder = livePlaceholder;
        this.workspaces = new WorkspaceFinder(probe);
    }

    @Override
    public String temporaryDirectory(Principal principal) {
        return TMP;
    }

    @Override
    public @Nullable String workspace(Principal principal, String cwd) {
        return workspaces.find(principal, home(principal), cwd);
    }

    private String home(Principal principal) {
        String canonical = probe.canonical(principal.home());
        return canonical == null ? principal.home() : canonical;
    }

    @Override
    public FilePlan plan(FileBoundary boundary, Principal principal, String cwd, boolean online) {
        try {
            return boundary.enforced() ? enforced(boundary, principal, cwd, online) : audited(principal, cwd);
        } catch (CannotConfineException e) {
            return new FilePlan.Refused(e.rule(), e.reason());
        } catch (FileProbe.UnreadableException e) {
            return new FilePlan.Refused("unreadable", String.valueOf(e.getMessage()));
        }
    }

    /** Audit: the caller's own view, without Cordon's state. */
    private FilePlan audited(Principal principal, String cwd) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(Mount.bind("/"));
        mounts.add(Mount.of(Mount.Kind.PROC, "/proc"));
        mounts.add(Mount.of(Mount.Kind.DEV, "/dev"));
        if (probe.stat("/dev/shm").kind() == FileProbe.Kind.DIRECTORY) {
            mounts.add(Mount.bind("/dev/shm"));
        }
        // Where it does not exist it cannot be made in the caller's own view; hooks inside then find no agent, and
        // deny.
        mounts.addAll(rootsSettings(principal, folder -> false));
        List<String> own = own(probe.stat(MARK).kind() == FileProbe.Kind.DIRECTORY);
        requireOutside(cwd, own);
        hide(mounts, new TreeMap<>(), own);
        return new FilePlan.Granted(
                workspace(principal, cwd), List.of("/"), new FileView.Mounts(mounts, List.of()), List.of());
    }

    private FilePlan enforced(FileBoundary boundary, Principal principal, String cwd, boolean online) {
        String home = home(principal);
        List<String> own = own(probe.stat("/run").kind() == FileProbe.Kind.DIRECTORY);
        requireOutside(cwd, own);
        List<String> privates = PRIVATE.stream()
                .filter(directory ->
                        directory.startsWith("/dev/") || probe.stat(directory).kind() == FileProbe.Kind.DIRECTORY)
                .toList();
        String workspace = workspaces.find(principal, home, cwd);
        PatternExpander expander = new PatternExpander(probe, home, workspace, TMP);

        WritableRoots roots =
                WritableRoots.of(probe, expander.expand(boundary.writableRoots()), TMP, principal, home, own);
        Protections protections = new Protections(probe, roots, TMP, livePlaceholder);
        expander.expand(boundary.protectedPaths()).forEach(protections::protect);
        Masks masks = new Masks(probe, roots, protections, principal, home, TMP, privates);
        expander.expand(boundary.deniedReads()).forEach(masks::deny);
        List<String> shown = new ArrayList<>(roots.mounted(TMP));
        shown.add(home);
        requireVisible(cwd, privates, shown);
        if (masks.hides(cwd)) {
            throw new CannotConfineException("read-deny", "the policy hides the working directory " + cwd);
        }

        TreeSet<String> tmpTargets = new TreeSet<>(protections.tmpTargets());
        tmpTargets.addAll(masks.tmpTargets());
        List<String> tmpMasks = Protections.outermost(tmpTargets);

        List<Mount> mounts = new ArrayList<>();
        mounts.add(Mount.readOnly("/"));
        mounts.add(Mount.of(Mount.Kind.PROC, "/proc"));
        mounts.add(Mount.of(Mount.Kind.DEV, "/dev"));
        Predicate<String> readable = folder -> boundary.rootsSettings() && !masks.touches(folder);
        mounts.addAll(rootsSettings(principal, readable));
        privates.forEach(directory -> mounts.add(Mount.of(Mount.Kind.TMPFS, directory)));
        TreeSet<String> tmpHolds = new TreeSet<>();
        tmpMasks.forEach(target -> tmpHolds.addAll(Paths.between(TMP, target)));
        tmpHolds.forEach(directory -> mounts.add(Mount.of(Mount.Kind.TMPFS, directory)));
        mounts.addAll(kept(home, privates, online));
        roots.mounted(TMP).forEach(root -> mounts.add(Mount.bind(root)));
        protections.held().forEach(directory -> mounts.add(Mount.bind(directory)));
        protections.readOnly().forEach(path -> mounts.add(Mount.readOnly(path)));
        tmpMasks.forEach(path -> masks.found().put(path, Mount.Kind.MASK_DIRECTORY));
        hide(mounts, masks.found(), own);
        return new FilePlan.Granted(
                workspace,
                roots.all(),
                new FileView.Mounts(mounts, protections.placeholders()),
                notices(boundary, workspace, cwd));
    }

    /** Those that are to be seen as root's; of the others, what would lock its agent down is not there. */
    private List<Mount> rootsSettings(Principal principal, Predicate<String> shown) {
        if (principal.account().posix().uid() == 0) {
            return List.of();
        }
        return ROOTS_SETTINGS.stream()
                .filter(folder -> shown.test(folder) || folder.equals(LOCKING))
                .filter(folder -> probe.stat(folder).kind() == FileProbe.Kind.DIRECTORY)
                .map(folder -> Mount.of(shown.test(folder) ? Mount.Kind.ROOT_SETTINGS : Mount.Kind.TMPFS, folder))
                .toList();
    }

    /** Cordon's own folders, canonical, with the mark where it can be covered. */
    private List<String> own(boolean marked) {
        TreeSet<String> all = new TreeSet<>(marked ? List.of(MARK) : List.of());
        for (String directory : hidden) {
            String canonical = probe.canonical(directory);
            all.add(canonical == null ? directory : canonical);
        }
        return List.copyOf(all);
    }

    /** Masks come last, and children before parents: in a masked directory there is nothing left to mount over. */
    private static void hide(List<Mount> mounts, TreeMap<String, Mount.Kind> masks, List<String> own) {
        own.forEach(directory -> masks.put(directory, Mount.Kind.MASK_DIRECTORY));
        masks.descendingMap().forEach((path, kind) -> mounts.add(Mount.of(kind, path)));
    }

    /** What has to show through the private directories, read-only. */
    private List<Mount> kept(String home, List<String> privates, boolean online) {
        TreeMap<String, String> sources = new TreeMap<>();
        if (Paths.insideAny(home, privates.stream()) && probe.canonical(home) != null) {
            sources.put(home, home);
        }
        String profile = probe.canonical(SYSTEM_PROFILE);
        if (profile != null) {
            sources.put(SYSTEM_PROFILE, profile);
        }
        String resolver = online ? probe.canonical(RESOLVER) : null;
        if (resolver != null && Paths.insideAny(resolver, privates.stream())) {
            sources.put(resolver, resolver);
        }
        List<Mount> mounts = new ArrayList<>();
        sources.forEach((target, source) -> mounts.add(new Mount(Mount.Kind.READ_ONLY, source, target)));
        return mounts;
    }

    private static void requireOutside(String cwd, List<String> own) {
        if (Paths.insideAny(cwd, own.stream())) {
            throw new CannotConfineException("cordon-state", "nothing runs inside Cordon's own directory " + cwd);
        }
    }

    private static void requireVisible(String cwd, List<String> privates, List<String> shown) {
        boolean covered = Paths.insideAny(cwd, privates.stream()) && !privates.contains(cwd);
        if (covered && !Paths.insideAny(cwd, shown.stream())) {
            throw new CannotConfineException(
                    "working-directory",
                    "the working directory " + cwd + " is not visible to confined commands; change to another folder");
        }
    }

    private List<String> notices(FileBoundary boundary, @Nullable String workspace, String cwd) {
        List<String> notices = new ArrayList<>();
        boolean wanted = boundary.writableRoots().stream().anyMatch(root -> root.startsWith("${workspace}"));
        if (workspace == null && wanted) {
            notices.add("no writable workspace: " + cwd
                    + " is a home, the system or contains them; change to a project folder to write");
        }
        if (workspace != null && probe.stat(Paths.join(workspace, ".git")).kind() == FileProbe.Kind.FILE) {
            notices.add("this is a linked work tree: its repository lies outside the workspace and stays read-only");
        }
        return notices;
    }
}
