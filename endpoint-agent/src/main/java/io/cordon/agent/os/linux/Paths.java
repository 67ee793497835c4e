package io.cordon.agent.os.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Absolute, normalized Linux paths as text. */
final class Paths {
    private Paths() {}

    /** Whether the path is the directory or below it. */
    static boolean inside(String path, String directory) {
        return directory.equals("/")
                || path.equals(directory)
                || (path.startsWith(directory) && path.charAt(directory.length()) == '/');
    }

    static boolean insideAny(String path, Stream<String> directories) {
        return directories.anyMatch(directory -> inside(path, directory));
    }

    static String join(String directory, String relative) {
        if (relative.isEmpty()) {
            return directory;
        }
        return directory.equals("/") ? "/" + relative : directory + "/" + relative;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The part of the path below the directory it is inside of; empty when they are the same. */
    static String below(String path, String directory) {
        if (path.equals(directory)) {
            return "";
        }
        return directory.equals("/") ? path.substring(1) : path.substring(directory.length() + 1);
    }

    static List<String> components(String relative) {
        return relative.isEmpty() ? List.of() : List.of(relative.split("/"));
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
}
