package io.cordon.agent.broker;

import java.time.Duration;

/**
 * How it ended that a developer was to be asked, as far as can be told from what came next.
 *
 * @param kind allowed: the command was run or its result told; denied: the agent told so, or went on without it; unanswered: the
 *     session ended, or nothing more was heard
 * @param duration from the question to what told the outcome
 */
record AskOutcome(IssuedCommand asked, Kind kind, Duration duration) {
    enum Kind {
        ALLOWED("allowed"),
        DENIED("denied"),
        UNANSWERED("unanswered");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
