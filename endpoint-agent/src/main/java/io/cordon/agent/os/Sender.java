package io.cordon.agent.os;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the other end of a local TCP connection, as the kernel attests it; nothing here was said by the sender.
 *
 * @param accountId decimal user id, or SID, that the socket belongs to
 * @param process one that holds the socket; null when none could be found, for example because it just ended
 */
public record Sender(String accountId, @Nullable Process process) {

    /**
     * @param pid in the host's namespace
     * @param startTime as in {@link Caller#startTime()}
     * @param executable resolved path of the running program, or empty when the kernel would not say
     * @param lineage this process and its ancestors, nearest first
     */
    public record Process(long pid, long startTime, String executable, List<Long> lineage) {
        public Process {
            lineage = List.copyOf(lineage);
        }
    }
}
