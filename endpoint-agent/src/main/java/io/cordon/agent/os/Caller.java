package io.cordon.agent.os;

import java.util.List;

/**
 * Who sent a local request, as the kernel attests it; nothing here was said by the caller.
 *
 * @param pid process id in the host's namespace
 * @param groups supplementary group ids
 * @param startTime start of the process in clock ticks since boot, so that a reused pid is told apart
 * @param executable resolved path of the running program, or empty when the kernel would not say
 * @param loginUid audit login uid, -1 when there is none
 * @param sessionId POSIX session id of the caller
 */
public record Caller(
        long pid,
        int uid,
        int gid,
        List<Integer> groups,
        long startTime,
        String executable,
        long loginUid,
        long sessionId) {
    public Caller {
        groups = List.copyOf(groups);
    }
}
