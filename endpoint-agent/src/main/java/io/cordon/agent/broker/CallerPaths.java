package io.cordon.agent.broker;

import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;
import io.cordon.policy.evaluate.PathContext;

/** What the paths of a policy mean for whoever makes a request. */
final class CallerPaths {
    /** Stands for the workspace where there is none; no path is in it. */
    private static final String NO_WORKSPACE = "/proc/cordon-no-workspace";

    private final FileAccess files;
    private final String os;

    /** @param os linux or windows */
    CallerPaths(FileAccess files, String os) {
        this.files = files;
        this.os = os;
    }

    /** @param cwd where paths are asked about from; the workspace is that of the request's own folder */
    PathContext from(LocalRequest request, Principal principal, String cwd) {
        String workspace = files.workspace(principal, request.cwd());
        return new PathContext(
                os,
                principal.home(),
                workspace == null ? NO_WORKSPACE : workspace,
                files.temporaryDirectory(principal),
                cwd);
    }
}
