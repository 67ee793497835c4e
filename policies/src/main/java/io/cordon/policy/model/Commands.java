package io.cordon.policy.model;

import java.util.List;

/**
 * What may be run (SPEC 4.4).
 *
 * @param defaultDecision for a command that no rule matches
 * @param unknown for what cannot be split into commands safely
 * @param rules of the base and its exceptions; the strictest that matches decides
 * @param narrowing deny and prompt rules of tightenings; they can only make the decision stricter
 */
public record Commands(
        Decision defaultDecision, Decision unknown, List<CommandRule> rules, List<CommandRule> narrowing) {

    public Commands {
        rules = List.copyOf(rules);
        narrowing = List.copyOf(narrowing);
    }
}
