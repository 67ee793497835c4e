package io.cordon.policy.trust;

/** Which target paths are accepted: those that mean the same file name on every server and disk. */
final class TargetPath {
    static final String RULE =
            "a relative path of up to 512 printable characters, '/' separated, without '.', '..' or '\\'";

    private static final int MAX_LENGTH = 512;

    private TargetPath() {}

    static boolean isSafe(String path) {
        if (path.isEmpty()
                || path.length() > MAX_LENGTH
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /** The path under which a consistent repository serves a target: the hash before the last component. */
    static String served(String path, String hash) {
        int slash = path.lastIndexOf('/') + 1;
        return "targets/" + path.substring(0, slash) + hash + "." + path.substring(slash);
    }
}
