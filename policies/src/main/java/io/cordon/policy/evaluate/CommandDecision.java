package io.cordon.policy.evaluate;

import io.cordon.policy.model.Decision;
import java.util.List;

/**
 * The decision on a command.
 *
 * @param rule the id of the rule that decided; {@code default} when none matched, {@code unknown-shell} for what cannot be
 *     split safely
 * @param reason one sentence for people
 * @param parts the commands that the command consists of, each with its own decision; the strictest decided
 */
public record CommandDecision(Decision decision, String rule, String reason, List<Part> parts) {

    public CommandDecision {
        parts = List.copyOf(parts);
    }

    /**
     * One command of a shell line or behind a wrapper.
     *
     * @param argv its words as far as they are known
     */
    public record Part(List<String> argv, Decision decision, String rule, String reason) {

        public Part {
            argv = List.copyOf(argv);
        }
    }
}
