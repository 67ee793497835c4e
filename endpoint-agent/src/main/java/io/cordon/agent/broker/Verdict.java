package io.cordon.agent.broker;

import io.cordon.policy.evaluate.CommandDecision;
import io.cordon.policy.model.Decision;
import io.cordon.policy.resolve.ResolvedPolicy;

/**
 * A decision with the rule that made it.
 *
 * @param reason one sentence
 */
record Verdict(Decision decision, String rule, String reason) {
    static Verdict of(CommandDecision decision) {
        return new Verdict(decision.decision(), decision.rule(), decision.reason());
    }

    /** The one line a refused caller reads. */
    String refusal(ResolvedPolicy policy) {
        String whom = policy.contact().isBlank() ? "your administrator" : policy.contact();
        String by = "by rule " + rule + " (policy " + policy.name() + " v" + policy.revision() + "): " + sentence();
        return decision == Decision.PROMPT
                ? "approval is needed " + by + " Nobody can approve here, so it was not run. Ask " + whom + "."
                : "denied " + by + " Ask " + whom + ".";
    }

    private String sentence() {
        String text = reason.strip();
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }
}
