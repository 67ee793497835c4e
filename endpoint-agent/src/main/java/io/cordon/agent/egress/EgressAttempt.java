package io.cordon.agent.egress;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a run to get out: allowed, denied or failed. Attested: the proxy saw it.
 *
 * @param runId of the run whose credentials were shown
 * @param at when the request was read
 * @param protocol connect, http or socks5
 * @param host in its one form, or as asked where it has none
 * @param port 0 where it is not known
 * @param method of plain HTTP; null where it cannot be seen
 * @param path of plain HTTP, without its query and redacted; null for a tunnel
 * @param address that was connected to, or the one that was refused; null when it did not come to that
 * @param serverName that TLS asked for; null for none
 * @param rule that decided
 * @param reason one sentence
 * @param bytesUp from the run to the server, without what the proxy itself sends
 * @param problem why it failed or ended early, one line
 */
public record EgressAttempt(
        String runId,
        Instant at,
        String protocol,
        String host,
        int port,
        @Nullable String method,
        @Nullable String path,
        @Nullable String address,
        @Nullable String serverName,
        boolean allowed,
        String rule,
        String reason,
        long bytesUp,
        long bytesDown,
        Duration duration,
        Outcome outcome,
        @Nullable String problem) {

    /** How it ended. */
    public enum Outcome {
        /** Both sides had their say. */
        COMPLETED("completed"),
        /** Refused by a rule, of the policy or of the proxy. */
        DENIED("denied"),
        /** The server could not be reached, or broke off. */
        FAILED("failed"),
        /** Ended at a limit: time, bytes, or the end of the run. */
        CUT("cut");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
