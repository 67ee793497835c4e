package io.cordon.agent.os.windows.launch;

import java.time.Duration;

/**
 * Bounds of the channel.
 *
 * @param connections in all
 * @param perUser of these, for one user
 * @param silent of these, callers who have not said anything yet; the eldest makes room
 * @param request how long a caller may take for its request
 * @param recorded how long a caller waits for the record of its run at most
 * @param farewell how long a caller may take to close its end
 * @param settle how long the end of what a command left running is waited for
 */
record ChannelLimits(
        int connections,
        int perUser,
        int silent,
        Duration request,
        Duration recorded,
        Duration farewell,
        Duration settle) {
    static final ChannelLimits DEFAULT = new ChannelLimits(
            600, 160, 64, Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(3));
}
