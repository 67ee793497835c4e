package io.cordon.agent.os.windows.launch;

/**
 * The caller's ends of a pseudo console's pipes, as handle values in the caller's process; 0 where that direction is not the
 * console's but redirected.
 */
public record ConsoleEnds(long writeTo, long readFrom) {}
