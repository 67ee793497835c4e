package io.cordon.agent.os;

import java.util.List;

/**
 * The file part of a policy, as the ports need it. Paths are as written in the policy: absolute, or starting with {@code ~},
 * {@code ${workspace}}, {@code ${tmp}}; a component may be a {@code *} glob.
 *
 * @param enforced false in audit mode: only Cordon's own state stays out of reach
 * @param protectedPaths inside the writable roots, read-only whether they exist or not
 */
public record FileBoundary(
        boolean enforced, List<String> deniedReads, List<String> writableRoots, List<String> protectedPaths) {
    public FileBoundary {
        deniedReads = List.copyOf(deniedReads);
        writableRoots = List.copyOf(writableRoots);
        protectedPaths = List.copyOf(protectedPaths);
    }
}
