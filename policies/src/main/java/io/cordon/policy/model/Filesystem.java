package io.cordon.policy.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What may be read and written (SPEC 2.3, 2.4). Reading is allowed but for the deny list; writing is denied but for the
 * roots without their protected paths.
 *
 * @param readDeny paths that cannot be read, nor anything below them
 * @param writeRoots folders below which writing is allowed
 * @param protect read-only paths relative to every root
 * @param protectAlso further read-only paths: those below roots that a tightening has narrowed since
 */
public record Filesystem(
        List<PathPattern> readDeny,
        List<PathPattern> writeRoots,
        List<ProtectedPath> protect,
        List<PathPattern> protectAlso) {

    public Filesystem {
        readDeny = List.copyOf(readDeny);
        writeRoots = List.copyOf(writeRoots);
        protect = List.copyOf(protect);
        protectAlso = List.copyOf(protectAlso);
    }

    /** Every read-only path below the roots, anchored: what an endpoint has to enforce. */
    public List<PathPattern> protectedPaths() {
        Set<PathPattern> all = new LinkedHashSet<>();
        for (PathPattern root : writeRoots) {
            protect.forEach(path -> all.add(root.resolve(path.value())));
        }
        all.addAll(protectAlso);
        return new ArrayList<>(all);
    }
}
