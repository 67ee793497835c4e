package io.cordon.agent.os;

import java.util.List;

/**
 * The file part of a policy for one run, as the ports need it. Paths are as written in the policy: absolute, or starting with {@code ~},
 * {@code ${workspace}}, {@code ${tmp}}; a component may be a {@code *} glob.
 *
 * @param enforced false in audit mode: only Cordon's own state stays out of reach
 * @param protectedPaths inside the writable roots, read-only whether they exist or not
 * @param rootsSettings whether a program of the run takes its settings from files of root's only
 */
public record FileBoundary(
        boolean enforced,
        List<String> deniedReads,
        List<String> writableRoots,
        List<String> protectedPaths,
        boolean rootsSettings) {
    public FileBoundary {
        deniedReads = List.copyOf(deniedReads);
        writableRoots = List.copyOf(writableRoots);
        protectedPaths = List.copyOf(protectedPaths);
    }

    public FileBoundary(
            boolean enforced, List<String> deniedReads, List<String> writableRoots, List<String> protectedPaths) {
        this(enforced, deniedReads, writableRoots, protectedPaths, false);
    }

    public FileBoundary withRootsSettings(boolean wanted) {
        return new FileBoundary(enforced, deniedReads, writableRoots, protectedPaths, wanted);
    }
}
