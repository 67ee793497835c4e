package io.cordon.agent.os;

import org.jspecify.annotations.Nullable;

/**
 * One step that builds the confined process's view of the file system. Steps are applied in order, a later one over an
 * earlier one.
 *
 * @param source absolute path outside; null where the step has none
 * @param target absolute, normalized path inside
 */
public record Mount(Kind kind, @Nullable String source, String target) {
    /** What a step does at its target; the wire name is what the spawner reads. */
    public enum Kind {
        /** The source, read-only. */
        READ_ONLY("ro-bind"),
        /** The source, as writable as the caller finds it. */
        BIND("bind"),
        /** An empty private directory in memory. */
        TMPFS("tmpfs"),
        /** An unreadable empty file over the target. */
        MASK_FILE("mask-file"),
        /** An empty directory nobody may enter over the target. */
        MASK_DIRECTORY("mask-dir"),
        PROC("proc"),
        /** The few device nodes every program needs. */
        DEV("dev"),
        /** A directory made on a private file system. */
        DIRECTORY("dir"),
        /**
         * A folder in /etc with the settings of root's that everybody may read: seen as root's and read-only, here and below
         * {@link #ROOTS}. Where the system cannot do that, an empty folder.
         */
        ROOT_SETTINGS("root-settings");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    /** Inside, below it each {@link Kind#ROOT_SETTINGS} is shown again: every folder on the way there is seen as root's, too. */
    public static final String ROOTS = "/.cordon";

    public Mount {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("target: " + target + " (expected: an absolute path)");
        }
    }

    public static Mount readOnly(String path) {
        return new Mount(Kind.READ_ONLY, path, path);
    }

    public static Mount bind(String path) {
        return new Mount(Kind.BIND, path, path);
    }

    public static Mount of(Kind kind, String target) {
        return new Mount(kind, null, target);
    }
}
