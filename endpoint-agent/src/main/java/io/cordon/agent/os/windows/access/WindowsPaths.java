package io.cordon.agent.os.windows.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Absolute, normalized Windows paths as text, {@code C:\a\b}; compared without regard to case, as NTFS does. */
final class WindowsPaths {
    private WindowsPaths() {}

    /** What two names of one path have in common. */
    static String key(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /** Whether the path is the directory or below it. */
    static boolean inside(String path, String directory) {
        String folder = key(directory);
        String inner = key(path);
        return inner.equals(folder) || inner.startsWith(folder.endsWith("\\") ? folder : folder + "\\");
    }

    static boolean insideAny(String path, Collection<String> directories) {
        return directories.stream().anyMatch(directory -> inside(path, directory));
    }

    static boolean isDriveRoot(String path) {
        return path.length() == 3;
    }

    static String driveRoot(String path) {
        return path.substring(0, 3);
    }

    static String join(String directory, String relative) {
        if (relative.isEmpty()) {
            return directory;
        }
        return directory.endsWith("\\") ? directory + relative : directory + "\\" + relative;
    }

    /** The parent; of a drive's root, the root itself. */
    static String parent(String path) {
        int last = path.lastIndexOf('\\');
        return last <= 2 ? driveRoot(path) : path.substring(0, last);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    /** The part of the path below the directory it is inside of; empty when they are the same. */
    static String below(String path, String directory) {
        if (path.length() <= directory.length()) {
            return "";
        }
        return path.substring(directory.endsWith("\\") ? directory.length() : directory.length() + 1);
    }

    static List<String> components(String relative) {
        return relative.isEmpty() ? List.of() : List.of(relative.split("\\\\"));
    }

    /** The directories strictly between the outer directory and the path, outermost first. */
    static List<String> between(String outer, String path) {
        List<String> found = new ArrayList<>();
        String at = outer;
        List<String> rest = components(below(path, outer));
        for (String component : rest.subList(0, Math.max(0, rest.size() - 1))) {
            at = join(at, component);
            found.add(at);
        }
        return found;
    }

    /** The paths without those that lie in another of them, in their order, each once. */
    static List<String> outermost(Collection<String> paths) {
        List<String> kept = new ArrayList<>();
        for (String path : paths) {
            boolean covered = paths.stream().anyMatch(other -> !same(other, path) && inside(path, other));
            if (!covered && kept.stream().noneMatch(other -> same(other, path))) {
                kept.add(path);
            }
        }
        return kept;
    }
}
