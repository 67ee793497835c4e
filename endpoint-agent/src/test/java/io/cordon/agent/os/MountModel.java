package io.cordon.agent.os;

import java.util.List;

/**
 * What a list of mounts comes to, as the kernel would have it: each covers everything at and below its target, and the last one
 * that covers a path decides. Paths are canonical.
 */
public final class MountModel implements FileModel {
    private final List<Mount> mounts;

    public MountModel(List<Mount> mounts) {
        this.mounts = mounts;
    }

    private Mount deciding(String path) {
        Mount last = Mount.of(Mount.Kind.MASK_DIRECTORY, "/");
        for (Mount mount : mounts) {
            if (inside(path, mount.target())) {
                last = mount;
            }
        }
        return last;
    }

    @Override
    public boolean readsHost(String path) {
        Mount.Kind kind = deciding(path).kind();
        return kind == Mount.Kind.READ_ONLY || kind == Mount.Kind.BIND;
    }

    @Override
    public boolean writesHost(String path) {
        return deciding(path).kind() == Mount.Kind.BIND;
    }

    @Override
    public boolean writes(String path) {
        return writesHost(path) || deciding(path).kind() == Mount.Kind.TMPFS;
    }

    @Override
    public boolean isPrivate(String path) {
        return !readsHost(path) && !writesHost(path);
    }

    /** Whether the directory could be moved away: it is writable where it is, and nothing is mounted on it. */
    public boolean canBeRenamed(String path) {
        String parent = path.lastIndexOf('/') <= 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
        return writes(path)
                && writes(parent)
                && mounts.stream().noneMatch(m -> m.target().equals(path));
    }

    private static boolean inside(String path, String directory) {
        return directory.equals("/") || path.equals(directory) || path.startsWith(directory + "/");
    }
}
