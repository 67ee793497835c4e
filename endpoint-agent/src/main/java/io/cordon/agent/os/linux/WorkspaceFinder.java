package io.cordon.agent.os.linux;

import io.cordon.agent.os.Principal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What <code>${workspace}</code> stands for: the top of the Git work tree around the working directory if the caller owns it,
 * else the working directory; never the home directory, anything above it, or a part of the system.
 */
final class WorkspaceFinder {
    /** Nothing in these is anybody's work. */
    static final List<String> SYSTEM_TREES = List.of(
            "/etc", "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/boot", "/dev", "/proc", "/sys",
            "/run", "/nix", "/snap");

    /** These may hold somebody's work, but are not themselves. */
    static final List<String> SYSTEM_FOLDERS =
            List.of("/", "/var", "/var/lib", "/var/tmp", "/tmp", "/opt", "/home", "/root", "/srv", "/mnt", "/media");

    private final FileProbe probe;

    WorkspaceFinder(FileProbe probe) {
        this.probe = probe;
    }

    /** The canonical workspace for a canonical working directory and home; null when there is none. */
    @Nullable
    String find(Principal principal, String home, String cwd) {
        if (!canBeWork(cwd, home)) {
            return null;
        }
        String top = gitTop(principal, home, cwd);
        return top == null ? cwd : top;
    }

    private @Nullable String gitTop(Principal principal, String home, String cwd) {
        for (String at = cwd; canBeWork(at, home); at = Paths.parent(at)) {
            if (isRepository(Paths.join(at, ".git"))) {
                return probe.stat(at).uid() == principal.account().posix().uid() ? at : null;
            }
        }
        return null;
    }

    /** An empty {@code .git} is none: it may be what another run needed to keep one from being made. */
    private boolean isRepository(String git) {
        return switch (probe.stat(git).kind()) {
            case FILE -> true;
            case DIRECTORY -> probe.stat(Paths.join(git, "HEAD")).kind() != FileProbe.Kind.MISSING;
            case MISSING, LINK, OTHER -> false;
        };
    }

    /** Whether a directory may be writable as a whole. */
    static boolean canBeWork(String path, String home) {
        return !Paths.inside(home, path)
                && !SYSTEM_FOLDERS.contains(path)
                && !Paths.parent(path).equals("/home")
                && !Paths.insideAny(path, systemTrees());
    }

    static Stream<String> systemTrees() {
        return SYSTEM_TREES.stream();
    }
}
