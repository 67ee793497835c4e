package io.cordon.agent.os;

import java.util.List;

/** How the file part of a plan is enforced: what the launcher of that system is to set up. */
public sealed interface FileView {
    /**
     * A mount namespace of its own.
     *
     * @param mounts in the order they are applied
     * @param placeholders made before the mounts and removed after the run
     */
    record Mounts(List<Mount> mounts, List<Placeholder> placeholders) implements FileView {
        public Mounts {
            mounts = List.copyOf(mounts);
            placeholders = List.copyOf(placeholders);
        }
    }

    /**
     * Access control entries and a write-restricted token: a root can be written by a process whose token carries the capability
     * of that root, a protected path denies that capability, and a denied path denies the group of the sandbox accounts.
     *
     * @param enforced false in audit mode: nothing is denied but Cordon's own state
     * @param roots that the run may write, none inside another
     * @param deniedReads lexical and canonical forms of paths that exist or may come to exist
     * @param entered folders outside the roots that the run must be able to enter and list, without what is below them
     */
    record Acls(boolean enforced, List<Root> roots, List<String> deniedReads, List<String> entered)
            implements FileView {
        public Acls {
            roots = List.copyOf(roots);
            deniedReads = List.copyOf(deniedReads);
            entered = List.copyOf(entered);
        }

        public Acls(boolean enforced, List<Root> roots, List<String> deniedReads) {
            this(enforced, roots, deniedReads, List.of());
        }
    }

    /**
     * A writable folder.
     *
     * @param path absolute and canonical
     * @param protectedPaths inside it, absolute, whether they exist or not
     */
    record Root(String path, List<String> protectedPaths) {
        public Root {
            protectedPaths = List.copyOf(protectedPaths);
        }
    }

    /** Whether a folder's settings are seen as root's. */
    default boolean showsAsRoots(String folder) {
        return this instanceof Mounts mounts && mounts.mounts().contains(Mount.of(Mount.Kind.ROOT_SETTINGS, folder));
    }

    /** The paths that are made for this view alone. */
    default List<Placeholder> placeholders() {
        return this instanceof Mounts mounts ? mounts.placeholders() : List.of();
    }

    /** This view where only mounts can be; anything else is a defect of the wiring. */
    default Mounts asMounts() {
        if (this instanceof Mounts mounts) {
            return mounts;
        }
        throw new IllegalStateException("file view: " + getClass().getSimpleName() + " (expected: Mounts)");
    }

    /** This view where only access control entries can be. */
    default Acls asAcls() {
        if (this instanceof Acls acls) {
            return acls;
        }
        throw new IllegalStateException("file view: " + getClass().getSimpleName() + " (expected: Acls)");
    }
}
