package io.cordon.agent.os;

/**
 * Who sent a local request, as the kernel attests it; nothing here was said by the caller.
 *
 * @param pid process id in the host's namespace
 * @param startTime start of the process (Linux: clock ticks since boot; Windows: 100 ns since 1601), so that a reused pid is told
 *     apart
 * @param executable resolved path of the running program, or empty when the kernel would not say
 * @param loginUid audit login uid, -1 when there is none
 * @param sessionId POSIX session id, or Windows terminal session, of the caller
 */
public record Caller(long pid, Account account, long startTime, String executable, long loginUid, long sessionId) {}
