package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import org.jspecify.annotations.Nullable;

/**
 * What <code>${workspace}</code> stands for: the top of the Git work tree around the working directory if it is the caller's,
 * else the working directory; never a profile, anything above it, or a part of the system.
 */
final class WorkspaceFinder {
    private final WindowsProbe probe;
    private final WindowsPlaces places;

    WorkspaceFinder(WindowsProbe probe, WindowsPlaces places) {
        this.probe = probe;
        this.places = places;
    }

    /** The canonical workspace for a canonical working directory and home; null when there is none. */
    @Nullable
    String find(Principal principal, String home, String cwd) {
        if (places.refusal(cwd, home) != null) {
            return null;
        }
        for (String at = cwd; places.refusal(at, home) == null; at = WindowsPaths.parent(at)) {
            if (isRepository(WindowsPaths.join(at, ".git"))) {
                return isTheirs(principal, at) ? at : cwd;
            }
        }
        return cwd;
    }

    /** What an administrator makes elevated belongs to the group of administrators. */
    private boolean isTheirs(Principal principal, String path) {
        Sid owner = probe.owner(path);
        if (owner == null) {
            return false;
        }
        return owner.toString().equals(principal.account().id())
                || owner.equals(Sid.ADMINISTRATORS)
                        && principal.account().windows().groups().contains(Sid.ADMINISTRATORS.toString());
    }

    /** An empty {@code .git} is none: it may be what a run needed to keep one from being made. */
    private boolean isRepository(String git) {
        return switch (probe.kind(git)) {
            case FILE -> true;
            case DIRECTORY -> probe.kind(WindowsPaths.join(git, "HEAD")) != WindowsProbe.Kind.MISSING;
            case MISSING, REPARSE_POINT -> false;
        };
    }
}
