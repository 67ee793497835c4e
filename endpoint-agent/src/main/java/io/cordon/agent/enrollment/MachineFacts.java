package io.cordon.agent.enrollment;

/**
 * What an endpoint tells about its machine when it enrolls and in every full report.
 *
 * @param machineId SHA-256 of "cordon:" and the operating system's own id, 64 hexadecimal digits; the same machine enrolling
 *     again is recognised by it, and the original id stays here
 * @param os {@code linux} or {@code windows}
 * @param osVersion for people, for example {@code Debian GNU/Linux 12 (bookworm)}
 */
public record MachineFacts(
        String machineId, String hostname, String os, String osVersion, String arch, String agentVersion) {}
