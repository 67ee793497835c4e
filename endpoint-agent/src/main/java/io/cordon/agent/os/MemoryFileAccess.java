package io.cordon.agent.os;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The reference: the boundary as text alone. Every path exists, none is a link, and the workspace is the working directory
 * unless that is a home or the root.
 */
public final class MemoryFileAccess implements FileAccess {
    private static final String TMP = "/tmp";
    private final List<String> hidden;

    /** @param hidden Cordon's own directories */
    public MemoryFileAccess(List<String> hidden) {
        this.hidden = List.copyOf(hidden);
    }

    @Override
    public String temporaryDirectory(Principal principal) {
        return TMP;
    }

    @Override
    public @Nullable String workspace(Principal principal, String cwd) {
        return inside(principal.home(), cwd) ? null : cwd;
    }

    @Override
    public FilePlan plan(FileBoundary boundary, Principal principal, String cwd, boolean online) {
        String workspace = workspace(principal, cwd);
        List<Mount> mounts = new ArrayList<>();
        TreeSet<String> roots = new TreeSet<>();
        mounts.add(boundary.enforced() ? Mount.readOnly("/") : Mount.bind("/"));
        if (boundary.enforced()) {
            mounts.add(Mount.of(Mount.Kind.TMPFS, TMP));
            roots.addAll(paths(boundary.writableRoots(), principal, workspace));
            for (String root : roots) {
                if (inside(principal.home(), root) || hidden.stream().anyMatch(own -> inside(own, root))) {
                    return new FilePlan.Refused("root-too-wide", root + " cannot be writable; name a folder inside it");
                }
            }
            roots.stream().filter(root -> !root.equals(TMP)).forEach(root -> mounts.add(Mount.bind(root)));
            new TreeSet<>(paths(boundary.protectedPaths(), principal, workspace))
                    .forEach(path -> mounts.add(Mount.readOnly(path)));
            new TreeSet<>(paths(boundary.deniedReads(), principal, workspace))
                    .descendingSet()
                    .forEach(path -> mounts.add(Mount.of(Mount.Kind.MASK_DIRECTORY, path)));
        }
        hidden.forEach(own -> mounts.add(Mount.of(Mount.Kind.MASK_DIRECTORY, own)));
        return new FilePlan.Granted(workspace, List.copyOf(roots), new FileView.Mounts(mounts, List.of()), List.of());
    }

    private static List<String> paths(List<String> patterns, Principal principal, @Nullable String workspace) {
        List<String> paths = new ArrayList<>();
        for (String pattern : patterns) {
            if (pattern.startsWith("${workspace}") && workspace == null) {
                continue;
            }
            paths.add(pattern.replace("${workspace}", workspace == null ? "" : workspace)
                    .replace("${tmp}", TMP)
                    .replaceFirst("^~", principal.home()));
        }
        return paths;
    }

    private static boolean inside(String path, String directory) {
        return directory.equals("/") || path.equals(directory) || path.startsWith(directory + "/");
    }
}
